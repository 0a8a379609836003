using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.GitLab.Desk;

internal sealed class GitLabPipelineDesk(DeskCalls calls) : IPipelineDesk
{
    // Manual is an end: its other jobs are done, and only a person goes on with it.
    private static readonly string[] Ends = ["success", "failed", "canceled", "skipped", "manual"];

    public async Task<Outcome<IReadOnlyList<SeenPipeline>>> OfBranchAsync(GitLabCaller caller, ProjectId project, string branch, CancellationToken cancel) =>
        (await calls.As(project.Instance, caller).ListAsync<SeenPipelineDto>(
            (api, page, who, purpose) => api.PipelinesAsync(project.Number, page, who, purpose, cancel), Paging.Offset(("ref", branch)), _ => false))
        .Match<Outcome<IReadOnlyList<SeenPipeline>>>(read => read.Items.ConvertAll(Read), no => no);

    public async Task<Outcome<IReadOnlyList<PipelineJob>>> JobsAsync(GitLabCaller caller, ProjectId project, long pipeline, CancellationToken cancel) =>
        (await calls.As(project.Instance, caller).ListAsync<PipelineJobDto>(
            (api, page, who, purpose) => api.PipelineJobsAsync(project.Number, pipeline, page, who, purpose, cancel), Paging.Offset(("include_retried", "true")), _ => true))
        .Match<Outcome<IReadOnlyList<PipelineJob>>>(read => read.Items.ConvertAll(Read), no => no);

    public Task<Outcome<SeenPipeline>> CancelAsync(PersonToken person, ProjectId project, long pipeline, CancellationToken cancel) =>
        calls.As(project.Instance, person).AskAsync((api, who, purpose) => api.CancelPipelineAsync(project.Number, pipeline, who, purpose, cancel), Read);

    private static SeenPipeline Read(SeenPipelineDto dto) => new(dto.Id, dto.Sha ?? "", Ends.Contains(dto.Status, StringComparer.OrdinalIgnoreCase), dto.WebUrl ?? "");

    private static PipelineJob Read(PipelineJobDto dto) => new(
        dto.Id, dto.Name ?? "", GitLabWords.Status(dto.Status), dto.FailureReason, dto.Runner?.Id, dto.RunnerManager?.SystemId, dto.QueuedDuration, dto.Duration, dto.WebUrl ?? "");
}
