using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>
/// What a project's pipelines are made of, read as a person or as the portal (gitlab-api.md 7). Refusals carry a
/// <see cref="DeskCode"/>.
/// </summary>
/// <exception cref="Instances.GitLabUnavailableException">Of every call: GitLab did not answer, or not as GitLab, or no longer accepts the portal's own token.</exception>
public interface IProjectReader
{
    Task<Outcome<ProjectSettings>> SettingsAsync(GitLabCaller caller, ProjectId project, CancellationToken cancel);

    /// <param name="reference">A branch, tag or commit; <c>HEAD</c> is the default branch.</param>
    /// <returns>Null when the ref has no such file. A missing project, repository or ref is <see cref="DeskCode.NotFound"/>, a file that is not UTF-8 text <see cref="DeskCode.Invalid"/>.</returns>
    Task<Outcome<RepositoryFile?>> FileAsync(GitLabCaller caller, ProjectId project, string path, string reference, CancellationToken cancel);

    /// <summary>Branches whose last commit is not older than <paramref name="since"/>, newest first.</summary>
    /// <param name="most">From 1 on. More than these are left out and the list says so.</param>
    Task<Outcome<BranchList>> BranchesAsync(GitLabCaller caller, ProjectId project, DateTimeOffset since, int most, CancellationToken cancel);

    /// <summary>The configuration that stands at a ref, as GitLab itself reads it.</summary>
    /// <param name="dryRun">As creating a pipeline on that branch would: rules drop jobs, and variables in tags are expanded. Else tags are as written.</param>
    Task<Outcome<CiLint>> LintAsync(GitLabCaller caller, ProjectId project, string reference, bool dryRun, CancellationToken cancel);

    /// <summary>All pipeline schedules, inactive ones too.</summary>
    Task<Outcome<IReadOnlyList<PipelineSchedule>>> SchedulesAsync(GitLabCaller caller, ProjectId project, CancellationToken cancel);
}

/// <param name="CiConfigPath">Null means <c>.gitlab-ci.yml</c>; else <c>path</c>, <c>path@group/project</c>, <c>path@group/project:ref</c> or an address. Null also for callers below maintainer, to whom GitLab does not tell it.</param>
/// <param name="GroupRunners">Null for callers below maintainer.</param>
/// <param name="CiEnabled">False when pipelines are switched off.</param>
public sealed record ProjectSettings(
    ProjectId Id,
    string FullPath,
    string WebUrl,
    string? DefaultBranch,
    string? CiConfigPath,
    bool SharedRunners,
    bool? GroupRunners,
    bool CiEnabled,
    bool Archived);

/// <param name="Text">With its line ends and byte order mark, so that writing it back changes nothing.</param>
/// <param name="LastCommitId">The guard for <see cref="FileChange.LastCommitId"/>.</param>
public sealed record RepositoryFile(string Path, string Text, string LastCommitId);

/// <param name="Truncated">There are more.</param>
public sealed record BranchList(IReadOnlyList<LiveBranch> Branches, bool Truncated);

public sealed record LiveBranch(string Name, DateTimeOffset LastCommitAt, bool Protected, bool Default);

/// <param name="Ref">The branch's or tag's name, without <c>refs/heads/</c> or <c>refs/tags/</c>, which newer GitLabs put before it.</param>
public sealed record PipelineSchedule(long Id, string Ref, bool Active, string Description);
