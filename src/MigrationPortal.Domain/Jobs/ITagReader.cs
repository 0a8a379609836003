using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Jobs;

/// <summary>One tag of the census in full, from the days that the digest sweep counted.</summary>
public interface ITagReader
{
    /// <param name="tag">Empty: untagged jobs.</param>
    /// <param name="window">Whole UTC days: the first one counts in full.</param>
    /// <param name="most">Refs and projects are cut after so many.</param>
    Task<TagDetail> ReadAsync(InstanceId instance, string tag, TimeWindow window, int most, CancellationToken cancel);

    /// <summary>What the census of the window rests on.</summary>
    /// <param name="window">Whole UTC days: the first one counts in full.</param>
    Task<TagBasis> BasisAsync(InstanceId instance, TimeWindow window, CancellationToken cancel);
}

/// <param name="Finished">Jobs that finished in the window, whatever their tags.</param>
/// <param name="TagsKnown">Of these, those whose tags are known: the others may have asked for any tag.</param>
public sealed record TagBasis(long Finished, long TagsKnown);

/// <param name="Finished">Jobs that finished in the window, whatever their tags.</param>
/// <param name="TagsKnown">Of these, those whose tags are known: the others may have asked for this tag too.</param>
/// <param name="Jobs">Those that asked for the tag.</param>
/// <param name="OnDocker">Of these, those that ran on docker.</param>
/// <param name="RefCount">Distinct refs; those of merge requests are one.</param>
public sealed record TagDetail(
    string Tag, TimeWindow Window, long Finished, long TagsKnown, long Jobs, long OnDocker,
    IReadOnlyList<TagPart> Sources, IReadOnlyList<TagPart> Sets, long RefCount, IReadOnlyList<TagPart> Refs, long ProjectCount, IReadOnlyList<TagPart> Projects,
    DateTimeOffset? CountedAt);

/// <summary>The jobs of one ref, pipeline source, tag set or project that asked for the tag.</summary>
/// <param name="Name">The project's path, or its number while that is not known.</param>
/// <param name="Projects">How many projects they came from.</param>
/// <param name="LastDay">Of the last one that finished.</param>
public sealed record TagPart(string Name, long Jobs, long OnDocker, long Projects, DateOnly LastDay);
