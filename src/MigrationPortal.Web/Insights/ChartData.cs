using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Turns rollup points into what the charts draw: a value in every bucket that has jobs, a gap in every other.</summary>
public static class ChartData
{
    /// <summary>Fewer finished jobs in a bucket make no rate worth a line: one failure of two would stretch the chart to 100 %.</summary>
    public const int LeastJobs = WorstFirst.LeastJobs;

    /// <summary>One line per value of the dimension, in the given order, with 95 % Wilson limits; a gap where there were fewer than <see cref="LeastJobs"/>.</summary>
    public static IReadOnlyList<ChartSeries> Rates(IReadOnlyList<RatePoint> points, TimeWindow window, Bucket bucket, IReadOnlyList<string> order)
    {
        ArgumentNullException.ThrowIfNull(points);
        var byValue = points.GroupBy(point => point.Value).ToDictionary(group => group.Key, group => group.ToDictionary(point => point.At, point => point.Rate));
        return
        [
            .. order.Where(byValue.ContainsKey).Select(value => new ChartSeries(value,
            [
                .. Buckets(window, bucket).Select(at => byValue[value].TryGetValue(at, out var rate) && rate.Finished >= LeastJobs ? Point(at, rate) : new ChartPoint(at, null)),
            ])),
        ];
    }

    /// <summary>The median as the line, up to the 95th percentile as the band; a gap where there were fewer than <see cref="LeastJobs"/>.</summary>
    public static IReadOnlyList<ChartSeries> Times(IReadOnlyList<TimePoint> points, TimeWindow window, Bucket bucket, IReadOnlyList<string> order)
    {
        var byExecutor = points.GroupBy(point => point.Executor).ToDictionary(group => group.Key, group => group.ToDictionary(point => point.At));
        return
        [
            .. order.Where(byExecutor.ContainsKey).Select(executor => new ChartSeries(executor,
            [
                .. Buckets(window, bucket).Select(at => byExecutor[executor].TryGetValue(at, out var point) && point.Jobs >= LeastJobs
                    ? new ChartPoint(at, point.P50, point.P50, point.P95) : new ChartPoint(at, null)),
            ])),
        ];
    }

    public static IReadOnlyList<ShareRow> Shares(IReadOnlyList<SharePoint> points, TimeWindow window, Bucket bucket, bool untagged)
    {
        var byTime = points.ToLookup(point => point.At);
        return
        [
            .. Buckets(window, bucket).Select(at =>
            {
                long Of(Func<string, bool> isIt) => byTime[at].Where(point => isIt(point.Executor)).Sum(point => untagged ? point.UntaggedStarted : point.Started);
                return new ShareRow(at, Of(name => name == "kubernetes"), Of(name => name == "docker"), Of(name => name is not ("kubernetes" or "docker")));
            }),
        ];
    }

    /// <summary>One marker for each bucket in which a step was reached: "K 50", or "phase 0 to K 50" where there were several.</summary>
    public static IReadOnlyList<ChartMarker> Markers(PhaseState state, TimeWindow window, Bucket bucket)
    {
        ArgumentNullException.ThrowIfNull(state);
        return
        [
            .. state.History.Where(one => one.At >= window.From && one.At < window.To).OrderBy(one => one.At)
                .GroupBy(one => one.At.UtcTicks / Length(bucket).Ticks)
                .Select(reached => (First: reached.First(), Last: reached.Last()))
                .Select(span => new ChartMarker(span.First.At, span.First.Label == span.Last.Label ? span.First.Label : $"{span.First.Label} to {span.Last.Label}")),
        ];
    }

    /// <summary>What charts over the window mark as not read.</summary>
    public static IReadOnlyList<ChartGap> Gaps(JobCollection? known, TimeWindow window) =>
        [.. (known?.Unread ?? []).Where(range => range.Touches(window.From, window.To)).Select(range => new ChartGap(range.From, range.To, range.Reason))];

    /// <summary>Failed and finished of one executor over all points.</summary>
    public static Rate Total(IEnumerable<RatePoint> points, string value)
    {
        var mine = points.Where(point => point.Value == value).ToList();
        return new Rate(mine.Sum(point => point.Rate.Failed), mine.Sum(point => point.Rate.Finished));
    }

    private static ChartPoint Point(DateTimeOffset at, Rate rate)
    {
        var limits = WilsonInterval.Of(rate);
        return new ChartPoint(at, rate.Value, limits?.Low, limits?.High, rate.Failed, rate.Finished);
    }

    private static TimeSpan Length(Bucket bucket) => bucket == Bucket.Hour ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1);

    private static IEnumerable<DateTimeOffset> Buckets(TimeWindow window, Bucket bucket)
    {
        var step = Length(bucket);
        var first = new DateTimeOffset(window.From.UtcTicks - (window.From.UtcTicks % step.Ticks), TimeSpan.Zero);
        for (var at = first; at < window.To; at += step) yield return at;
    }
}
