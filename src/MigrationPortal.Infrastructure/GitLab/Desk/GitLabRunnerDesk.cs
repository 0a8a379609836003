using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.GitLab.Desk;

internal sealed class GitLabRunnerDesk(DeskCalls calls) : IRunnerDesk
{
    public Task<Outcome<ProjectSettings>> SwitchAsync(PersonToken person, ProjectId project, bool? sharedRunners, bool? groupRunners, CancellationToken cancel)
    {
        if (sharedRunners is null && groupRunners is null) throw new ArgumentException("Nothing to switch.");
        return calls.As(project.Instance, person).AskAsync(
            (api, who, purpose) => api.UpdateProjectAsync(project.Number, new ProjectSwitchesDto(sharedRunners, groupRunners), who, purpose, cancel),
            dto => GitLabProjectReader.Settings(project.Instance, dto));
    }

    public Task<Outcome<IReadOnlyList<AssignedRunner>>> AssignedAsync(GitLabCaller caller, ProjectId project, CancellationToken cancel) =>
        AssignedAsync(calls.As(project.Instance, caller), project, cancel);

    public Task<Outcome<AssignedRunner>> AssignAsync(PersonToken person, ProjectId project, RunnerId runner, CancellationToken cancel) =>
        AssignAsync(calls.As(project.Instance, person), project, runner, cancel);

    public Task<Outcome<AssignedRunner>> LendAsync(ProjectId project, RunnerId runner, CancellationToken cancel) => calls.Writing(project.Instance) is { } call
        ? AssignAsync(call, project, runner, cancel)
        : Task.FromResult<Outcome<AssignedRunner>>(Refusal.Of("observe-mode", $"'{project.Instance}' is in observe mode: no WriteToken is configured for it."));

    public Task<Outcome<bool>> UnassignAsync(PersonToken person, ProjectId project, RunnerId runner, CancellationToken cancel) =>
        calls.As(project.Instance, person).DeleteAsync((api, who, purpose) => api.UnassignRunnerAsync(project.Number, runner.Number, who, purpose, cancel), "Runner");

    private static async Task<Outcome<AssignedRunner>> AssignAsync(DeskCall call, ProjectId project, RunnerId runner, CancellationToken cancel)
    {
        // GitLab answers "runner_error" alike for one that is assigned and for a limit: so it is looked at first.
        var there = await AssignedAsync(call, project, cancel);
        if (there is Outcome<IReadOnlyList<AssignedRunner>>.Refused { Refusal: var no }) return no;
        if (((Outcome<IReadOnlyList<AssignedRunner>>.Done)there).Result.FirstOrDefault(one => one.Id == runner) is { } same) return same;
        return await call.AskAsync(
            (api, who, purpose) => api.AssignRunnerAsync(project.Number, new AssignRunnerDto(runner.Number), who, purpose, true, cancel),
            dto => Read(project.Instance, dto),
            said => said.Contains("not_authorized", StringComparison.Ordinal) ? DeskCode.Forbidden : null);
    }

    private static async Task<Outcome<IReadOnlyList<AssignedRunner>>> AssignedAsync(DeskCall call, ProjectId project, CancellationToken cancel) =>
        (await call.ListAsync<ListedRunnerDto>(
            (api, page, who, purpose) => api.RunnersAsync(project.Number, page, who, purpose, cancel), Paging.Offset(("type", "project_type")), _ => true))
        .Match<Outcome<IReadOnlyList<AssignedRunner>>>(read => read.Items.ConvertAll(one => Read(project.Instance, one)), no => no);

    private static AssignedRunner Read(InstanceId instance, ListedRunnerDto dto) => new(
        new RunnerId(instance, dto.Id), dto.Description ?? "", dto.Paused ?? !(dto.Active ?? true), GitLabWords.Contact(dto.Status));
}
