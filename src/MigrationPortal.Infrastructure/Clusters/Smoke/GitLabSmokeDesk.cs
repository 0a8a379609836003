using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;
using MigrationPortal.Infrastructure.GitLab.Desk;

namespace MigrationPortal.Infrastructure.Clusters.Smoke;

/// <summary>The desks that projects are moved by, with the QA instance's own write token.</summary>
internal sealed class GitLabSmokeDesk(IPortalHand hand, IProjectReader reader, IProjectDesk projects, IPipelineDesk pipelines, IJobLogs logs, DeskCalls calls) : ISmokeDesk
{
    private const string UsualFile = ".gitlab-ci.yml";

    // Manual is an end: its other jobs are done, and only a person goes on with it.
    private static readonly string[] Ends = ["success", "failed", "canceled", "skipped", "manual"];

    public bool CanWrite(InstanceId instance) => hand.Of(instance) is not null;

    public async Task<Outcome<SmokeProject>> ProjectAsync(ProjectId project, CancellationToken cancel)
    {
        if (!(await reader.SettingsAsync(Hand(project), project, cancel)).TryGet(out var settings, out var no)) return no;
        if (!settings.CiEnabled || settings.Archived) return Refusal.Of("no-pipelines", $"{settings.FullPath} runs no pipelines: CI is switched off, or it is archived.");
        var path = (settings.CiConfigPath ?? UsualFile).TrimStart('/');
        if (path.Contains('@', StringComparison.Ordinal) || path.Contains("://", StringComparison.Ordinal)) return Refusal.Of("no-pipelines", $"The CI file of {settings.FullPath} is not in the project itself, so no branch can have another: it is {path}.");
        if (settings.DefaultBranch is not { } branch) return Refusal.Of("no-pipelines", $"{settings.FullPath} has no default branch: give it a first commit.");
        if (!(await reader.FileAsync(Hand(project), project, path, branch, cancel)).TryGet(out var file, out no)) return no;
        return new SmokeProject(project, settings.FullPath, branch, path, file?.LastCommitId);
    }

    public async Task<Outcome<string>> CommitAsync(SmokeProject project, string branch, string title, string file, CancellationToken cancel) =>
        (await projects.CommitAsync(Hand(project.Id), project.Id, new NewCommit(branch, project.Branch, title, [new FileChange(project.File, file, project.LastCommit)]), cancel))
        .Match<Outcome<string>>(commit => commit, no => no.Code == DeskCode.Conflict ? no with { Code = "branch-taken" } : no);

    public async Task<Outcome<SmokeHead?>> BranchAsync(ProjectId project, string branch, CancellationToken cancel) =>
        (await projects.BranchAsync(Hand(project), project, branch, cancel)).Match<Outcome<SmokeHead?>>(head => head is null ? null : new SmokeHead(head.CommitId, head.CommitTitle), no => no);

    public Task<Outcome<bool>> DeleteBranchAsync(ProjectId project, string branch, CancellationToken cancel) => projects.DeleteBranchAsync(Hand(project), project, branch, cancel);

    public async Task<Outcome<IReadOnlyList<SmokePipeline>>> PipelinesAsync(ProjectId project, string reference, CancellationToken cancel) =>
        (await calls.As(project.Instance, Hand(project)).ListAsync<SeenPipelineDto>((api, page, who, purpose) => api.PipelinesAsync(project.Number, page, who, purpose, cancel), Paging.Offset(("ref", reference)), _ => false))
        .Match<Outcome<IReadOnlyList<SmokePipeline>>>(read => read.Items.ConvertAll(Read), no => no);

    public Task<Outcome<SmokePipeline>> RunAsync(ProjectId project, string reference, IReadOnlyDictionary<string, string> variables, CancellationToken cancel)
    {
        var wanted = new PipelineWriteDto(reference, variables.Count == 0 ? null : [.. variables.Select(one => new PipelineVariableDto(one.Key, one.Value))]);
        return calls.As(project.Instance, Hand(project)).AskAsync((api, who, purpose) => api.RunPipelineAsync(project.Number, wanted, who, purpose, true, cancel), Read);
    }

    public Task<Outcome<SmokePipeline>> CancelAsync(ProjectId project, long pipeline, CancellationToken cancel) =>
        calls.As(project.Instance, Hand(project)).AskAsync((api, who, purpose) => api.CancelPipelineAsync(project.Number, pipeline, who, purpose, cancel), Read);

    public async Task<Outcome<IReadOnlyList<SmokeJobSeen>>> JobsAsync(ProjectId project, long pipeline, CancellationToken cancel) =>
        (await pipelines.JobsAsync(Hand(project), project, pipeline, cancel)).Match<Outcome<IReadOnlyList<SmokeJobSeen>>>(jobs => jobs.Select(Read).ToList(), no => no);

    public async Task<Outcome<string?>> LogAsync(ProjectId project, long job, CancellationToken cancel) =>
        (await logs.ReadAsync(Hand(project), new JobId(project.Instance, job), project, cancel)).Match<Outcome<string?>>(log => log.State == LogState.Read ? log.Tail : null, no => no);

    private PersonToken Hand(ProjectId project) => hand.Of(project.Instance) ?? throw new InvalidOperationException($"There is no write token of {project.Instance}.");

    private static SmokePipeline Read(SeenPipelineDto dto) => new(dto.Id, dto.Sha ?? "", dto.Status ?? "", Ends.Contains(dto.Status, StringComparer.OrdinalIgnoreCase), dto.WebUrl ?? "");

    private static SmokeJobSeen Read(PipelineJob job) => new(job.Number, job.Name, job.Status switch
    {
        JobStatus.Success => SmokeJobState.Succeeded,
        JobStatus.Failed => SmokeJobState.Failed,
        JobStatus.Running => SmokeJobState.Running,
        _ => job.Status.IsFinal() ? SmokeJobState.Ended : SmokeJobState.Waiting,
    }, job.FailureReason, job.WebUrl, null);
}
