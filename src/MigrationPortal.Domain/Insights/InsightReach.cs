using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>
/// How far a question can be answered within a second. Rollups answer any window; what no rollup carries is read from
/// single jobs, and then only the last <see cref="MostSingleJobs"/> of the window are looked through.
/// </summary>
/// <param name="Window">The window asked for, or its last part.</param>
/// <param name="Grain">Windows that begin and end on these are counted exactly.</param>
public sealed record InsightReach(TimeWindow Window, bool FromSingleJobs, Bucket Grain)
{
    public const long MostSingleJobs = 1_000_000;
}

/// <summary>What a chart is of; each has rollups of its own.</summary>
public enum Measure
{
    FailureRates,
    Shares,
    Times,
}
