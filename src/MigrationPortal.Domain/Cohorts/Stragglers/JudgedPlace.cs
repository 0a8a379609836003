using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Stragglers;

/// <summary>Why jobs of a place ran on docker, as far as a campaign is concerned.</summary>
public enum PlaceStanding
{
    /// <summary>Nobody has said why: its people are asked.</summary>
    Straggles,

    /// <summary>Asks for the fallback tag in a project that has a pin, or whose move pinned jobs.</summary>
    Pinned,

    /// <summary>Has a tag that administrators decided to keep on docker.</summary>
    KeptTag,

    /// <summary>Ran where the runner's owner said: we keep it.</summary>
    KeptByOwner,

    /// <summary>Kubernetes takes such jobs alone by now: they ran before that step.</summary>
    Follows,
}

/// <param name="Why">One sentence; null for those that straggle.</param>
public sealed record JudgedPlace(StragglerPlace Place, PlaceStanding Standing, string? Why)
{
    /// <summary>Pure. A tag set that is not known is not guessed: it straggles.</summary>
    /// <param name="pinned">The project has a pin, or its move pinned jobs.</param>
    /// <param name="ownerKeeps">A runner whose owner keeps it takes such jobs of the project.</param>
    public static JudgedPlace Of(StragglerPlace place, MoveTags tags, bool pinned, Func<StragglerPlace, bool> ownerKeeps)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(tags);
        ArgumentNullException.ThrowIfNull(ownerKeeps);
        if (place.Tags is not { } set) return new(place, PlaceStanding.Straggles, null);
        if (!place.Managed && ownerKeeps(place)) return new(place, PlaceStanding.KeptByOwner, "The owner of the runner said that it stays.");
        if (place.Managed && set.FirstOrDefault(tags.Kept.Contains) is { } kept) return new(place, PlaceStanding.KeptTag, $"The tag {kept} stays on docker for now.");
        if (pinned && tags.Fallback is { } fallback && set.Contains(fallback)) return new(place, PlaceStanding.Pinned, $"Kept on docker by the tag {fallback}.");
        return place.Managed && set.All(tags.Adopted.Contains)
            ? new(place, PlaceStanding.Follows, "Kubernetes takes such jobs by now.")
            : new(place, PlaceStanding.Straggles, null);
    }
}

/// <param name="Path">Its full path; its number while that is not known.</param>
/// <param name="Places">Most jobs first; those that do not straggle are named apart.</param>
public sealed record StragglingProject(ProjectId Project, string Path, IReadOnlyList<JudgedPlace> Places)
{
    public IEnumerable<StragglerPlace> Straggling => Places.Where(one => one.Standing == PlaceStanding.Straggles).Select(one => one.Place);

    public long Jobs => Straggling.Sum(one => one.Jobs);

    public bool Straggles => Places.Any(one => one.Standing == PlaceStanding.Straggles);

    /// <summary>Those of <see cref="Straggling"/>, most jobs first.</summary>
    public IReadOnlyList<StragglingRef> Refs =>
    [
        .. Straggling.GroupBy(one => one.Ref, StringComparer.Ordinal)
            .Select(one => new StragglingRef(one.Key, [.. one.Select(place => place.Source).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], [.. one.Select(place => place.Tags).Distinct()], one.Sum(place => place.Jobs), one.Max(place => place.LastDay)))
            .OrderByDescending(one => one.Jobs).ThenBy(one => one.Name, StringComparer.Ordinal),
    ];
}

/// <param name="Name">Of the branch or tag; empty where it is not known.</param>
/// <param name="Sources">Of the pipelines, such as <c>schedule</c>.</param>
/// <param name="Tags">Null among them: those of some jobs are not known.</param>
public sealed record StragglingRef(string Name, IReadOnlyList<string> Sources, IReadOnlyList<TagSet?> Tags, long Jobs, DateOnly LastDay);
