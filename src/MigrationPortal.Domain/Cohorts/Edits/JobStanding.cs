using MigrationPortal.Domain.Readiness.Ci;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>Where a job has its tags from.</summary>
internal enum TagsFrom
{
    /// <summary>The project's own files, in the job or in what it extends.</summary>
    Files,

    Default,

    /// <summary>It has none and takes none from <c>default</c>.</summary>
    Nowhere,

    /// <summary>A template or another file that cannot be changed here.</summary>
    Outside,
}

/// <param name="Current">As GitLab's merged configuration has them, variables not expanded.</param>
/// <param name="Wished">Null for a job that is left as it is.</param>
internal sealed record JobStanding(string Name, TagsFrom From, IReadOnlyList<string> Current, IReadOnlyList<string>? Wished, bool HasMatrix)
{
    public IReadOnlyList<string> Target => Wished ?? Current;

    public TagSet TargetSet { get; } = TagSet.Of(Wished ?? Current);

    public TagSet CurrentSet { get; } = TagSet.Of(Current);

    public bool Changes => TargetSet != CurrentSet;

    /// <summary>All jobs that need a runner, in the order of the lint: its merged configuration says what the files alone do not, for it has the templates too.</summary>
    public static IEnumerable<JobStanding> All(CiLint lint, CiMap merged, TagOrigins files, IReadOnlyDictionary<string, JobWish> wishes)
    {
        var all = new TagOrigins(merged);
        foreach (var linted in lint.Jobs.Select(job => job with { Name = ParallelJobs.NameOf(job.Name, merged) }).DistinctBy(job => job.Name))
        {
            var map = all.Job(linted.Name);
            if (map?.Find("trigger") is not null) continue;
            var wish = wishes.GetValueOrDefault(linted.Name);
            yield return new JobStanding(
                linted.Name,
                FromOf(linted, map, files),
                linted.Tags,
                wish is null or { Kind: WishKind.Leave } ? null : wish.Tags,
                map?["parallel"] is CiMap parallel && parallel["matrix"] is not null);
        }
    }

    private static TagsFrom FromOf(LintedJob linted, CiMap? merged, TagOrigins files)
    {
        if (merged is null) return TagsFrom.Outside;
        if (merged.Find("tags") is null) return new CiInherit(merged["inherit"] as CiMap).Default("tags") ? TagsFrom.Default : TagsFrom.Nowhere;
        return files.Of(linted.Name) is { } own && TagSet.Of(files.Texts(own.Value)) == TagSet.Of(linted.Tags) ? TagsFrom.Files : TagsFrom.Outside;
    }
}
