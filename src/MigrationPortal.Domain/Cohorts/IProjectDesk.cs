using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>Changes to a project's files, as a person. Refusals carry a <see cref="DeskCode"/>.</summary>
/// <exception cref="Instances.GitLabUnavailableException">Of every call: GitLab did not answer. What was asked for may stand nevertheless: look before asking again.</exception>
public interface IProjectDesk
{
    /// <summary>Lints this content in the place of what the project has.</summary>
    /// <param name="reference">The branch that local includes are read from and a dry run pretends to run on.</param>
    Task<Outcome<CiLint>> LintAsync(PersonToken person, ProjectId project, string content, string reference, bool dryRun, CancellationToken cancel);

    /// <summary>All changes as one commit on a new branch, or none.</summary>
    /// <returns>The commit's id. <see cref="DeskCode.Conflict"/> when the branch is there already, <see cref="DeskCode.ChangedMeanwhile"/> when one of the files is not what its change was made for.</returns>
    Task<Outcome<string>> CommitAsync(PersonToken person, ProjectId project, NewCommit commit, CancellationToken cancel);

    /// <summary>Whether a branch is there, and what it ends in: a commit whose answer was lost is found by it.</summary>
    /// <returns>Null when there is none.</returns>
    Task<Outcome<BranchHead?>> BranchAsync(GitLabCaller caller, ProjectId project, string branch, CancellationToken cancel);

    /// <returns>False when it was not there.</returns>
    Task<Outcome<bool>> DeleteBranchAsync(PersonToken person, ProjectId project, string branch, CancellationToken cancel);
}

/// <param name="Branch">Must not be there yet.</param>
/// <param name="StartBranch">Where the new branch begins.</param>
/// <param name="Changes">At least one; each path once.</param>
public sealed record NewCommit(string Branch, string StartBranch, string Message, IReadOnlyList<FileChange> Changes)
{
    /// <summary>The very commit where the new branch begins, in the place of <see cref="StartBranch"/>, which may move on.</summary>
    public string? StartCommit { get; init; }
}

/// <param name="Text">Null deletes the file.</param>
/// <param name="LastCommitId">As it was read (<see cref="RepositoryFile.LastCommitId"/>); null makes a new file.</param>
public sealed record FileChange(string Path, string? Text, string? LastCommitId);

public sealed record BranchHead(string Name, string CommitId, string? CommitTitle);
