namespace MigrationPortal.World;

/// <summary>Value: the <see cref="Branch"/>.</summary>
/// <param name="Ref">Branch name or commit sha to start from.</param>
public sealed record CreateBranch(int ProjectId, string Name, string Ref, int ById) : WorldInput;

public sealed record DeleteBranch(int ProjectId, string Name, int ById) : WorldInput;

public enum FileActionKind
{
    Create,
    Update,
    Delete,
    Move,
    Chmod,
}

/// <param name="Content">Decoded text. Null for delete, chmod, and a move that keeps the content.</param>
/// <param name="LastCommitId">When given: refuse if the file has changed since that commit.</param>
public sealed record FileAction(
    FileActionKind Kind,
    string Path,
    string? Content = null,
    string? PreviousPath = null,
    string? LastCommitId = null,
    bool? Executable = null);

/// <summary>One commit of any number of file actions. Value: the <see cref="Commit"/>. A push follows from it.</summary>
/// <param name="StartBranch">Makes <paramref name="Branch"/> from this branch when it does not exist yet.</param>
public sealed record CreateCommit(
    int ProjectId,
    string Branch,
    string Message,
    IReadOnlyList<FileAction> Actions,
    int ById,
    string? StartBranch = null,
    string? StartSha = null,
    bool Force = false,
    string? AuthorName = null,
    string? AuthorEmail = null) : WorldInput;

/// <summary>Value: the <see cref="MergeRequest"/>.</summary>
public sealed record OpenMergeRequest(
    int ProjectId,
    string SourceBranch,
    string TargetBranch,
    string Title,
    int ById,
    string Description = "",
    IReadOnlyList<string>? Labels = null,
    IReadOnlyList<int>? AssigneeIds = null,
    IReadOnlyList<int>? ReviewerIds = null,
    bool RemoveSourceBranch = false,
    bool Squash = false) : WorldInput;

/// <summary>Null leaves as is. Value: the <see cref="MergeRequest"/>.</summary>
/// <param name="Open">False closes, true reopens.</param>
public sealed record UpdateMergeRequest(
    int ProjectId,
    int Iid,
    string? Title = null,
    string? Description = null,
    bool? Open = null,
    IReadOnlyList<string>? Labels = null,
    IReadOnlyList<int>? AssigneeIds = null,
    IReadOnlyList<int>? ReviewerIds = null) : WorldInput;

/// <summary>Merges. Value: the <see cref="MergeRequest"/>.</summary>
public sealed record AcceptMergeRequest(int ProjectId, int Iid, int ById) : WorldInput;
