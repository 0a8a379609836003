using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Jobs;

/// <summary>The job classes of a window, with the share of jobs that they rest on.</summary>
/// <param name="JobsSeen">All jobs seen in <see cref="Basis"/>, in whole UTC days.</param>
/// <param name="JobsWithKnownTags">Those whose tags are known; the classes rest on these alone.</param>
public sealed record JobClassCensus(
    TimeWindow Window,
    long JobsSeen,
    long JobsWithKnownTags,
    IReadOnlyList<JobClass> Classes,
    IReadOnlyDictionary<ProjectId, ProjectAccess> Projects)
{
    /// <summary>Jobs created before it are not read yet, or only in part. Not before the window's begin.</summary>
    public DateTimeOffset CompleteSince { get; init; } = Window.From;

    /// <summary>The part of the window that sums and jobs a day rest on; classes seen before it are there too.</summary>
    public TimeWindow Basis => Window with { From = CompleteSince > Window.From ? CompleteSince : Window.From };

    /// <summary>Fraction in [0, 1]; 1 when nothing was seen.</summary>
    public double SampledFraction => JobsSeen == 0 ? 1 : (double)JobsWithKnownTags / JobsSeen;
}
