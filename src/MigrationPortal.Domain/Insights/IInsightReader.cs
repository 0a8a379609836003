using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>Reads rollups; buckets without any job are left out, because a gap is not a zero.</summary>
public interface IInsightReader
{
    Task<IReadOnlyList<RatePoint>> FailureRatesAsync(InsightFilter filter, CancellationToken cancel);

    /// <summary>The same over all of the window (whole buckets), one row a value, in no order.</summary>
    Task<IReadOnlyList<RateTotal>> TotalsAsync(InsightFilter filter, CancellationToken cancel);

    Task<IReadOnlyList<SharePoint>> SharesAsync(InsightFilter filter, CancellationToken cancel);

    /// <summary>How far the question can be answered at once; pages narrow their window to that, and say so.</summary>
    Task<InsightReach> ReachAsync(InsightFilter filter, Measure measure, CancellationToken cancel);

    /// <summary>From when on every job of the window is read; its begin when all are, its end when none are.</summary>
    Task<DateTimeOffset> CompleteSinceAsync(InstanceId instance, TimeWindow window, CancellationToken cancel);
}

/// <param name="Value">Of the dimension asked for, such as <c>kubernetes</c> (executor family in lower case) or a project's id.</param>
public sealed record RatePoint(DateTimeOffset At, string Value, Rate Rate);

/// <summary>Jobs that an executor started in a bucket, and how many of them were untagged, beside the totals of the bucket.</summary>
public sealed record SharePoint(
    DateTimeOffset At,
    string Executor,
    long Started,
    long UntaggedStarted,
    long Total,
    long UntaggedTotal);
