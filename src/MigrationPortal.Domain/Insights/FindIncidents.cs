using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>The incidents of a window, from the hourly rollup. Hours that are not read whole are no evidence.</summary>
public sealed class FindIncidents(IInsightReader reader)
{
    private static readonly Dictionary<Dimension, string> Everything = [];

    /// <param name="kind">Which failures; null counts all.</param>
    public async Task<IReadOnlyList<Incident>> FindAsync(InstanceId instance, TimeWindow window, FailureKind? kind, CancellationToken cancel)
    {
        var looked = window with { From = window.From - IncidentFinder.Trailing };
        var since = await reader.CompleteSinceAsync(instance, looked, cancel);
        var points = await reader.FailureRatesAsync(new InsightFilter(instance, looked, Bucket.Hour, Dimension.Executor, kind, Everything), cancel);
        return IncidentFinder.Find(since <= looked.From ? points : [.. points.Where(point => point.At >= since)], window);
    }
}
