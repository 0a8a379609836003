using System.Runtime.InteropServices;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Insights;

internal sealed class InsightReader(Database database, InstanceNumbers instances, JobWords words, IInstanceStore marks) : IInsightReader
{
    private readonly ShareReader _shares = new(database, words);
    private readonly RateCells _cells = new(database);
    private readonly DimensionValues _values = new(database, words);

    public async Task<DateTimeOffset> CompleteSinceAsync(InstanceId instance, TimeWindow window, CancellationToken cancel) =>
        HistoryMark.CompleteSince(await HistoryMark.ReadAsync(marks, instance, cancel), window);

    public async Task<IReadOnlyList<RatePoint>> FailureRatesAsync(InsightFilter filter, CancellationToken cancel) =>
        Rates(filter, await CellsAsync(filter, perBucket: true, cancel));

    public async Task<IReadOnlyList<RateTotal>> TotalsAsync(InsightFilter filter, CancellationToken cancel) =>
        Rates(filter, await CellsAsync(filter, perBucket: false, cancel)).ConvertAll(point => new RateTotal(point.Value, point.Rate));

    public async Task<IReadOnlyList<SharePoint>> SharesAsync(InsightFilter filter, CancellationToken cancel) =>
        await _shares.ReadAsync(filter, await instances.NumberAsync(filter.Instance, cancel), cancel);

    public async Task<InsightReach> ReachAsync(InsightFilter filter, Measure measure, CancellationToken cancel)
    {
        var source = measure == Measure.FailureRates ? RateSource.For(filter) : null;
        if (!(source?.IsRaw ?? filter.Where.Keys.Any(one => one != Dimension.Executor)))
            return new InsightReach(filter.Window, false, source is { ByHour: false } ? Bucket.Day : Bucket.Hour);
        var since = (await database.QueryAsync(
            """
            SELECT max(hour) FROM (
                SELECT hour, sum(sum(jobs)) OVER (ORDER BY hour DESC) AS jobs FROM rollup_hour_result
                WHERE instance = $1 AND hour >= $2 AND hour < $3 GROUP BY hour) seen
            WHERE jobs > $4
            """,
            await ParametersAsync(filter, cancel), row => row.GetOrNull<DateTimeOffset>(0), cancel)).Single();
        // The hour that goes over the bound is left out; the newest one is read whatever it holds.
        var from = since?.AddHours(1) is { } begin && begin < filter.Window.To ? begin : since ?? filter.Window.From;
        return new InsightReach(filter.Window with { From = from > filter.Window.From ? from : filter.Window.From }, true, Bucket.Hour);
    }

    private async Task<Action<Npgsql.NpgsqlParameterCollection>> ParametersAsync(InsightFilter filter, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(filter.Instance, cancel);
        return values =>
        {
            values.AddWithValue(number);
            values.AddWithValue(filter.Window.From.ToUniversalTime());
            values.AddWithValue(filter.Window.To.ToUniversalTime());
            values.AddWithValue(InsightReach.MostSingleJobs);
        };
    }

    private async Task<List<RateCell>> CellsAsync(InsightFilter filter, bool perBucket, CancellationToken cancel)
    {
        var cells = await _cells.ReadAsync(filter, perBucket, await instances.NumberAsync(filter.Instance, cancel), cancel);
        await _values.KnowAsync(filter.By, cells.ConvertAll(cell => cell.Key), cancel);
        return cells;
    }

    /// <summary>In the order of time, then of the values.</summary>
    private List<RatePoint> Rates(InsightFilter filter, List<RateCell> cells)
    {
        // The denominator of a reason is everything that finished, not only what failed for it.
        var finished = filter.By == Dimension.Reason ? cells.GroupBy(cell => cell.At).ToDictionary(bucket => bucket.Key, bucket => bucket.Sum(cell => cell.Finished)) : null;
        var names = cells.Select(cell => cell.Key).Distinct().ToDictionary(key => key, key => _values.Of(filter.By, key).Where(value => filter.Only?.Contains(value) ?? true).ToArray());
        string[] values = [.. names.Values.SelectMany(one => one).Distinct().Order(StringComparer.Ordinal)];
        // Places in the order of values: to compare and find numbers costs a tenth of what texts do.
        var places = names.ToDictionary(one => one.Key, one => Array.ConvertAll(one.Value, value => Array.BinarySearch(values, value, StringComparer.Ordinal)));
        var rates = new Dictionary<(long At, int Value), Rate>(cells.Count);
        foreach (var cell in cells.Where(cell => finished is null || cell.Failed > 0))
            foreach (var place in places[cell.Key])
            {
                ref var rate = ref CollectionsMarshal.GetValueRefOrAddDefault(rates, (cell.At.UtcTicks, place), out _);
                rate = new Rate(rate.Failed + cell.Failed, finished?[cell.At] ?? rate.Finished + cell.Finished);
            }

        return [.. rates.OrderBy(rate => rate.Key).Select(rate => new RatePoint(new DateTimeOffset(rate.Key.At, TimeSpan.Zero), values[rate.Key.Value], rate.Value))];
    }
}
