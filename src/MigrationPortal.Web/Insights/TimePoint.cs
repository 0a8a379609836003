using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Web.Insights;

/// <summary>One of the two times of a <see cref="DurationPoint"/>. Seconds.</summary>
public sealed record TimePoint(DateTimeOffset At, string Executor, long Jobs, double? P50, double? P95)
{
    /// <summary>From queued to started.</summary>
    public static TimePoint Queued(DurationPoint point) => new(point.At, point.Executor, point.Started, point.QueuedSecondsP50, point.QueuedSecondsP95);

    /// <summary>From started to finished.</summary>
    public static TimePoint Ran(DurationPoint point) => new(point.At, point.Executor, point.Finished, point.RanSecondsP50, point.RanSecondsP95);
}
