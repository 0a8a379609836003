using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>
/// Which runners a project may use: its switches, and project runners assigned to it. Nothing here changes a runner itself.
/// Refusals carry a <see cref="DeskCode"/>.
/// </summary>
/// <exception cref="Instances.GitLabUnavailableException">Of every call: GitLab did not answer.</exception>
public interface IRunnerDesk
{
    /// <summary>Sets those that are given; GitLab moves pending jobs along (gitlab-api.md 7.2).</summary>
    /// <returns>As read back. <see cref="DeskCode.Invalid"/> when the group forbids instance runners.</returns>
    Task<Outcome<ProjectSettings>> SwitchAsync(PersonToken person, ProjectId project, bool? sharedRunners, bool? groupRunners, CancellationToken cancel);

    /// <summary>Project runners that are assigned. Maintainers only.</summary>
    Task<Outcome<IReadOnlyList<AssignedRunner>>> AssignedAsync(GitLabCaller caller, ProjectId project, CancellationToken cancel);

    /// <summary>
    /// Assigns an unlocked project runner; one that is assigned already stays so. GitLab lets maintainers of both the project
    /// and the runner's owner project do it, and administrators.
    /// </summary>
    Task<Outcome<AssignedRunner>> AssignAsync(PersonToken person, ProjectId project, RunnerId runner, CancellationToken cancel);

    /// <summary>
    /// As the portal, with its write token, where the person may not: a pair that an administrator keeps ready belongs to a
    /// project of theirs. The caller has proved that the person maintains the project.
    /// </summary>
    /// <returns><c>observe-mode</c> when no write token is configured.</returns>
    Task<Outcome<AssignedRunner>> LendAsync(ProjectId project, RunnerId runner, CancellationToken cancel);

    /// <returns>False when it was not assigned. <see cref="DeskCode.Forbidden"/> for the runner's owner project.</returns>
    Task<Outcome<bool>> UnassignAsync(PersonToken person, ProjectId project, RunnerId runner, CancellationToken cancel);
}

public sealed record AssignedRunner(RunnerId Id, string Description, bool Paused, RunnerStatus Status);
