using System.Collections.Immutable;

namespace MigrationPortal.World;

/// <summary>A project's files by branch, its commits and merge requests. Only branches somebody made by hand or by
/// API are kept; the throw-away branches of everyday pushes exist as pipeline refs alone.</summary>
public sealed class Repository
{
    public IReadOnlyCollection<Branch> Branches => BranchMap.Values;

    public IReadOnlyList<MergeRequest> MergeRequests => MergeRequestList;

    /// <summary>Commits that changed files, oldest first.</summary>
    public IReadOnlyList<Commit> Commits => CommitList;

    public Branch? FindBranch(string name) => BranchMap.GetValueOrDefault(name);

    internal SortedDictionary<string, Branch> BranchMap { get; } = new(StringComparer.Ordinal);

    internal List<MergeRequest> MergeRequestList { get; } = [];

    internal List<Commit> CommitList { get; } = [];
}

public sealed class Branch
{
    public required string Name { get; init; }

    public string HeadSha { get; internal set; } = "";

    public DateTimeOffset HeadAt { get; internal set; }

    /// <summary>Files by path.</summary>
    public ImmutableSortedDictionary<string, FileEntry> Files { get; internal set; } =
        ImmutableSortedDictionary.Create<string, FileEntry>(StringComparer.Ordinal);

    /// <summary>Files where the branch began: what a merge compares with.</summary>
    internal ImmutableSortedDictionary<string, FileEntry> BaseFiles { get; set; } =
        ImmutableSortedDictionary.Create<string, FileEntry>(StringComparer.Ordinal);
}

/// <summary>One version of one file. Text; binary content is kept as Latin-1 characters.</summary>
/// <param name="LastCommitId">The commit that wrote this version: what <c>last_commit_id</c> compares with.</param>
public sealed record FileEntry(string Path, string Content, string BlobId, string LastCommitId, bool Executable = false);

public sealed record Commit(
    string Sha,
    string? ParentSha,
    string Title,
    string Message,
    string AuthorName,
    string AuthorEmail,
    DateTimeOffset At);

public enum MergeRequestState
{
    Opened,
    Closed,
    Merged,
}

public sealed class MergeRequest
{
    public required int Id { get; init; }

    public required int Iid { get; init; }

    public required int ProjectId { get; init; }

    public required string SourceBranch { get; init; }

    public required string TargetBranch { get; init; }

    public required string Title { get; set; }

    public string Description { get; set; } = "";

    public required User Author { get; init; }

    public IReadOnlyList<string> Labels { get; internal set; } = [];

    public IReadOnlyList<int> AssigneeIds { get; internal set; } = [];

    public IReadOnlyList<int> ReviewerIds { get; internal set; } = [];

    public bool RemoveSourceBranch { get; internal set; }

    public bool Squash { get; internal set; }

    public MergeRequestState State { get; internal set; }

    public required string Sha { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; internal set; }

    public DateTimeOffset? MergedAt { get; internal set; }

    public DateTimeOffset? ClosedAt { get; internal set; }

    public User? MergedBy { get; internal set; }

    public string? MergeCommitSha { get; internal set; }

    public Pipeline? HeadPipeline { get; internal set; }

    public bool IsDraft => Title.StartsWith("Draft:", StringComparison.OrdinalIgnoreCase);
}
