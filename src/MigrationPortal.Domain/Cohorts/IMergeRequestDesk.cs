using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>Merge requests that a person opened with the portal's help. Refusals carry a <see cref="DeskCode"/>.</summary>
/// <exception cref="Instances.GitLabUnavailableException">Of every call: GitLab did not answer. After opening one, look with <see cref="OpenedAsync"/> before asking again.</exception>
public interface IMergeRequestDesk
{
    /// <returns><see cref="DeskCode.Conflict"/> when one is open for this source branch already.</returns>
    Task<Outcome<MergeRequest>> OpenAsync(PersonToken person, ProjectId project, NewMergeRequest wanted, CancellationToken cancel);

    /// <param name="number">GitLab's <c>iid</c>: the number within the project.</param>
    Task<Outcome<MergeRequest>> ReadAsync(GitLabCaller caller, ProjectId project, long number, CancellationToken cancel);

    /// <summary>One that is closed or merged already stays as it is.</summary>
    Task<Outcome<MergeRequest>> CloseAsync(PersonToken person, ProjectId project, long number, CancellationToken cancel);

    /// <summary>Those that are open now and whose source branch begins so; of the 500 opened last in the project.</summary>
    Task<Outcome<IReadOnlyList<MergeRequest>>> OpenedAsync(GitLabCaller caller, ProjectId project, string branchPrefix, CancellationToken cancel);
}

public sealed record NewMergeRequest(string Title, string Description, string SourceBranch, string TargetBranch, bool RemoveSourceBranch);

/// <param name="Number">GitLab's <c>iid</c>.</param>
public sealed record MergeRequest(
    long Number,
    string Title,
    MergeRequestState State,
    string SourceBranch,
    string TargetBranch,
    string WebUrl,
    DateTimeOffset? MergedAt);

public enum MergeRequestState
{
    Opened,
    Merged,
    Closed,

    /// <summary>Being merged at this moment.</summary>
    Locked,
}
