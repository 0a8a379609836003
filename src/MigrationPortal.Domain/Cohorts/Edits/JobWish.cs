namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>What is to become of one job's tags. Jobs without a wish are left as they are.</summary>
/// <param name="Tags">The whole list that the job is to have; empty for an untagged job. With <see cref="WishKind.Leave"/> not read.</param>
public sealed record JobWish(string Job, WishKind Kind, IReadOnlyList<string> Tags)
{
    /// <summary>GitLab's check of a job fails at 50 (gitlab-api.md, section 8).</summary>
    public const int MostTags = 49;

    public static JobWish Move(string job, params IReadOnlyList<string> tags) => new(job, WishKind.Move, tags);

    public static JobWish Pin(string job, params IReadOnlyList<string> tags) => new(job, WishKind.Pin, tags);

    public static JobWish Leave(string job) => new(job, WishKind.Leave, []);
}

public enum WishKind
{
    /// <summary>To the translation of its tags.</summary>
    Move,

    /// <summary>Stays on docker, by the fallback tag or by the tags it has.</summary>
    Pin,

    Leave,
}
