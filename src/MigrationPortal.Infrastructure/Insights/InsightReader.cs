using System.Globalization;
using MigrationPortal.Domain.Fleet;
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

    public async Task<DateTimeOffset> CompleteSinceAsync(InstanceId instance, TimeWindow window, CancellationToken cancel) =>
        HistoryMark.CompleteSince(await HistoryMark.ReadAsync(marks, instance, cancel), window);

    public async Task<IReadOnlyList<RatePoint>> FailureRatesAsync(InsightFilter filter, CancellationToken cancel)
    {
        var cells = await CellsAsync(filter, cancel);
        if (filter.By == Dimension.Reason) return ByReason(cells);
        var names = cells.Select(cell => cell.Key).Distinct().ToDictionary(key => key, key => Values(filter.By, key).ToArray());
        var rates = new Dictionary<(DateTimeOffset At, string Value), Rate>(cells.Count);
        foreach (var cell in cells)
            foreach (var value in names[cell.Key])
            {
                var there = rates.GetValueOrDefault((cell.At, value));
                rates[(cell.At, value)] = new Rate(there.Failed + cell.Failed, there.Finished + cell.Finished);
            }

        return [.. rates.Select(cell => new RatePoint(cell.Key.At, cell.Key.Value, cell.Value))
            .OrderBy(point => point.At).ThenBy(point => point.Value, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<SharePoint>> SharesAsync(InsightFilter filter, CancellationToken cancel) =>
        await _shares.ReadAsync(filter, await instances.NumberAsync(filter.Instance, cancel), cancel);

    private async Task<List<(DateTimeOffset At, long Key, long Failed, long Finished)>> CellsAsync(InsightFilter filter, CancellationToken cancel)
    {
        var source = RateSource.For(filter);
        var where = source.Where(filter, await instances.NumberAsync(filter.Instance, cancel));
        var failed = filter.Kind is { } kind ? $"kind = {where.Value((short)kind)}" : "kind <> 0";
        var jobs = filter.FirstAttempts ? "(jobs - retries)::int" : "jobs::int";
        if (filter.Where.TryGetValue(Dimension.Reason, out var reason)) failed += $" AND reason IN (SELECT id FROM words WHERE word = {where.Value(reason)})";
        var cells = await database.QueryAsync(
            // int sums to bigint, bigint to numeric, which costs thrice: no cell holds two thousand million jobs.
            $"""
            SELECT {source.At(filter.Bucket)} AS at, {RateSource.Column(filter.By)}::bigint AS key,
                coalesce(sum({jobs}) FILTER (WHERE {failed}), 0), sum({jobs})
            FROM {source.Table} WHERE {where} AND {RateSource.Column(filter.By)} IS NOT NULL GROUP BY 1, {RateSource.Column(filter.By)} HAVING sum({jobs}) > 0
            """,
            where.Fill, row => (row.GetFieldValue<DateTimeOffset>(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), cancel);
        await KnowAsync(filter.By, cells.ConvertAll(cell => (int)(cell.Item2 & int.MaxValue)), cancel);
        return cells;
    }

    private Task KnowAsync(Dimension by, List<int> keys, CancellationToken cancel) => by switch
    {
        Dimension.Project or Dimension.Runner or Dimension.Cluster => Task.CompletedTask,
        Dimension.Tag => words.KnowAsync(database, [], keys, cancel),
        _ => words.KnowAsync(database, keys, [], cancel),
    };

    // The denominator of a reason is everything that finished, not only what failed for it.
    private List<RatePoint> ByReason(List<(DateTimeOffset At, long Key, long Failed, long Finished)> cells)
    {
        var finished = cells.GroupBy(cell => cell.At).ToDictionary(bucket => bucket.Key, bucket => bucket.Sum(cell => cell.Finished));
        return [.. cells.Where(cell => cell.Failed > 0)
            .Select(cell => new RatePoint(cell.At, words.Word((int)cell.Key) ?? "unknown", new Rate(cell.Failed, finished[cell.At])))
            .OrderBy(point => point.At).ThenBy(point => point.Value, StringComparer.Ordinal)];
    }

    // A job with two tags counts for both; one whose tags are not known counts for none.
    private IEnumerable<string> Values(Dimension by, long key) => by switch
    {
        Dimension.Project or Dimension.Runner => [key.ToString(CultureInfo.InvariantCulture)],
        Dimension.RunnerVersion => [words.Word((int)key) ?? "unknown"],
        Dimension.Cluster => ["unknown"],
        Dimension.Tag => words.Tags((int)key) is { } tags ? tags.IsEmpty ? [""] : tags : [],
        _ => [ExecutorNames.Word(new Executor(words.Word((int)key) ?? "unknown").Family)],
    };
}
