using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Reads what the page of failure rates shows: how far it can be read at once, the ranking, the chosen lines, the incidents.</summary>
public sealed class ReadRates(IInsightReader reader, FindIncidents incidents, ValueNames names)
{
    private static readonly string[] Executors = ["docker", "kubernetes"];

    /// <param name="completeSince">From when on every job is read; what began before says nothing.</param>
    public async Task<RatesShown> ReadAsync(Explorer asked, DateTimeOffset completeSince, CancellationToken cancel)
    {
        var reach = await reader.ReachAsync(asked.Filter, Measure.FailureRates, cancel);
        var found = await incidents.FindAsync(asked.Filter.Instance, InsightRates.WholeDays(reach.Window), asked.Filter.Kind, cancel);
        var read = asked.In(Whole(reach, completeSince));
        var filter = asked.WithoutIncidents ? read.Filter.Without(found) : read.Filter;
        if (read.Window.Length <= TimeSpan.Zero) return new RatesShown(read, reach.Window.From > asked.Window.From, [], default, [], [], new Dictionary<string, string>());

        var totals = await reader.TotalsAsync(filter, cancel);
        var ranked = WorstFirst.Of(totals);
        var whole = filter.By switch
        {
            // A job may have several tags or none, and a reason's denominator is all that finished.
            Dimension.Tag or Dimension.Reason or Dimension.Runner or Dimension.RunnerVersion => Sum(await reader.TotalsAsync(filter with { By = Dimension.Executor, Bucket = filter.Bucket }, cancel)),
            _ => Sum(totals),
        };
        var chosen = Chosen(asked, ranked);
        var points = await reader.FailureRatesAsync(filter with { Only = chosen }, cancel);
        var known = await names.OfAsync(filter.Instance, filter.By, [.. ranked.Select(one => one.Value)], cancel);
        var lines = ChartData.Rates(WholeBuckets.Of(points, point => point.At, asked.Window, completeSince), reach.Window, filter.Bucket, chosen)
            .Select((line, index) => filter.By == Dimension.Executor ? line : Drawn(line, index, ValueNames.Of(known, filter.By, line.Executor))).ToList();
        return new RatesShown(read, reach.Window.From > asked.Window.From, ranked, whole, lines, [.. found.Where(incident => incident.Window.To > read.Window.From)], known);
    }

    private static IReadOnlyList<string> Chosen(Explorer asked, IReadOnlyList<RateTotal> ranked)
    {
        if (asked.Picked.Count > 0) return asked.Picked;
        if (asked.Filter.By != Dimension.Executor) return [.. ranked.Where(one => one.Rate.Finished >= ChartData.LeastJobs).Take(Explorer.MostLines).Select(one => one.Value)];
        return [.. Executors.Concat(ranked.Where(one => one.Rate.Finished >= ChartData.LeastJobs && !Executors.Contains(one.Value)).Select(one => one.Value)).Take(Explorer.MostLines)];
    }

    // Whole buckets alone: the one in which reading began is known in part.
    private static TimeWindow Whole(InsightReach reach, DateTimeOffset completeSince)
    {
        if (completeSince <= reach.Window.From) return reach.Window;
        var step = reach.Grain == Bucket.Hour ? TimeSpan.TicksPerHour : TimeSpan.TicksPerDay;
        var from = new DateTimeOffset((completeSince.UtcTicks + step - 1) / step * step, TimeSpan.Zero);
        return reach.Window with { From = from < reach.Window.To ? from : reach.Window.To };
    }

    private static ChartSeries Drawn(ChartSeries line, int index, string name) => line with { Name = name, Look = ExecutorLook.Line(index, Short(name)) };

    // The end of a path says more than its begin, and the end of a line has little room.
    private static string Short(string name) => name.Split('/')[^1] is { Length: > 14 } last ? last[..13] + "…" : name.Split('/')[^1];

    private static Rate Sum(IReadOnlyList<RateTotal> totals) => new(totals.Sum(one => one.Rate.Failed), totals.Sum(one => one.Rate.Finished));
}
