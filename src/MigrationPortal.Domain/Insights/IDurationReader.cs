namespace MigrationPortal.Domain.Insights;

/// <summary>
/// Queue and run times by executor: from the rollups' histograms, or, narrowed to projects, tags, runners or versions,
/// from single jobs. Reasons and kinds of failure do not narrow times.
/// </summary>
public interface IDurationReader
{
    Task<IReadOnlyList<DurationPoint>> DurationsAsync(InsightFilter filter, CancellationToken cancel);

    /// <summary>One point an executor for all of the window (whole hours): percentiles of buckets cannot be averaged, their histograms can be added.</summary>
    Task<IReadOnlyList<DurationPoint>> TotalsAsync(InsightFilter filter, CancellationToken cancel);
}

/// <summary>Seconds; null where no job gave a value. Off by at most <see cref="TimeHistogram.RelativeError"/>; exact from single jobs.</summary>
/// <param name="Executor">The family, lower case.</param>
public sealed record DurationPoint(
    DateTimeOffset At,
    string Executor,
    long Started,
    double? QueuedSecondsP50,
    double? QueuedSecondsP95,
    long Finished,
    double? RanSecondsP50,
    double? RanSecondsP95);
