using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>
/// Finds incidents in hourly rates by executor: the burst rule of statistics.md C, each executor against its own trailing
/// rate instead of against the other one.
/// </summary>
public static class IncidentFinder
{
    public const double Improbable = 1e-6;
    public const int LeastFailures = 5;

    /// <summary>A rate so good that nothing could surpass it is not believed: two failures of a thousand are no incident.</summary>
    public const double LeastReference = 0.005;

    public static readonly TimeSpan Trailing = TimeSpan.FromDays(14);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <param name="points">By the hour and executor, from <see cref="Trailing"/> before the window on.</param>
    /// <param name="window">Incidents that begin in it.</param>
    /// <returns>In the order of time.</returns>
    public static IReadOnlyList<Incident> Find(IReadOnlyList<RatePoint> points, TimeWindow window)
    {
        ArgumentNullException.ThrowIfNull(points);
        var hits = points.GroupBy(point => point.Value).SelectMany(executor => Improbables([.. executor.OrderBy(point => point.At)], window)).OrderBy(hit => hit.Point.At).ToList();
        var incidents = new List<Incident>();
        for (var first = 0; first < hits.Count;)
        {
            var end = first + 1;
            while (end < hits.Count && hits[end].Point.At - hits[end - 1].Point.At <= Hour) end++;
            incidents.Add(Join(hits[first..end]));
            first = end;
        }

        return incidents;
    }

    /// <summary>Whether so many failures are improbable for an executor that usually fails like this. Without a usual rate nothing is.</summary>
    public static bool IsImprobable(Rate rate, Rate usual) =>
        rate.Failed >= LeastFailures && WilsonInterval.Of(usual) is { } limits
        && BinomialTail.AtLeast(rate.Failed, rate.Finished, Math.Max(limits.High, LeastReference)) < Improbable;

    // Two ends that move on together, because a year has 8,760 hours.
    private static IEnumerable<(RatePoint Point, Rate Usual)> Improbables(RatePoint[] points, TimeWindow window)
    {
        var usual = new Rate(0, 0);
        var oldest = 0;
        foreach (var point in points)
        {
            for (; points[oldest].At < point.At - Trailing; oldest++) usual = Less(usual, points[oldest].Rate);
            if (point.At >= window.From && point.At < window.To && IsImprobable(point.Rate, usual)) yield return (point, usual);
            usual = new Rate(usual.Failed + point.Rate.Failed, usual.Finished + point.Rate.Finished);
        }
    }

    private static Incident Join(List<(RatePoint Point, Rate Usual)> hits) => new(
        new TimeWindow(hits[0].Point.At, hits[^1].Point.At + Hour),
        [
            .. hits.GroupBy(hit => hit.Point.Value)
                .Select(executor => new IncidentHit(
                    executor.Key, [.. executor.Select(hit => hit.Point.At)],
                    new Rate(executor.Sum(hit => hit.Point.Rate.Failed), executor.Sum(hit => hit.Point.Rate.Finished)), executor.First().Usual))
                .OrderByDescending(hit => hit.Rate.Failed).ThenBy(hit => hit.Executor, StringComparer.Ordinal),
        ]);

    private static Rate Less(Rate one, Rate other) => new(one.Failed - other.Failed, one.Finished - other.Finished);
}
