using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>Queue and run times from the rollups' histograms.</summary>
public interface IDurationReader
{
    Task<IReadOnlyList<DurationPoint>> DurationsAsync(InstanceId instance, TimeWindow window, Bucket bucket, CancellationToken cancel);

    /// <summary>One point an executor for all of the window (whole hours): percentiles of buckets cannot be averaged, their histograms can be added.</summary>
    Task<IReadOnlyList<DurationPoint>> TotalsAsync(InstanceId instance, TimeWindow window, CancellationToken cancel);
}

/// <summary>Seconds; null where no job gave a value. Off by at most <see cref="TimeHistogram.RelativeError"/>.</summary>
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
