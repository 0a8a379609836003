namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>What becomes of one job when its project moves.</summary>
public enum JobChangeKind
{
    /// <summary>Gets other tags.</summary>
    Moves,

    /// <summary>Has the wished tags already.</summary>
    There,

    /// <summary>Would follow the others by itself and must not: gets the tag that keeps it on docker.</summary>
    Pinned,

    /// <summary>Keeps its tags: the reason says why.</summary>
    Stays,
}

/// <param name="Name">As in the configuration.</param>
/// <param name="From">Its tags as written; empty: untagged.</param>
/// <param name="To">Its tags afterwards; where a variable gives them, what it becomes unless it gives a tag with another counterpart now.</param>
/// <param name="Why">Why it does not move; null when it does.</param>
public sealed record JobChange(string Name, IReadOnlyList<string> From, IReadOnlyList<string> To, JobChangeKind Kind, string? Why)
{
    /// <summary>It has a finding that blocks, and nobody has said that it is all right.</summary>
    public bool WillFail { get; init; }

    /// <summary>The variable that its only tag is; null for every other form.</summary>
    public string? Variable => From is [['$', .. var name]] ? name.Trim('{', '}') : null;

    public bool HasVariable => From.Any(tag => tag.Contains('$', StringComparison.Ordinal));
}
