using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Insights;

internal sealed class DurationReader(Database database, InstanceNumbers instances, JobWords words) : IDurationReader
{
    private readonly SingleJobTimes _single = new(database);

    public Task<IReadOnlyList<DurationPoint>> DurationsAsync(InsightFilter filter, CancellationToken cancel) => ReadAsync(
        filter, filter.Bucket, filter.Bucket == Bucket.Hour ? "hour" : "(date_trunc('day', hour AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')", cancel);

    public Task<IReadOnlyList<DurationPoint>> TotalsAsync(InsightFilter filter, CancellationToken cancel) => ReadAsync(filter, Bucket.Hour, "NULL::timestamptz", cancel);

    /// <param name="step">Whole ones: the one in which the window begins counts in full.</param>
    /// <param name="at">The bucket's begin as SQL; NULL for the window's.</param>
    private async Task<IReadOnlyList<DurationPoint>> ReadAsync(InsightFilter filter, Bucket step, string at, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(filter.Instance, cancel);
        var single = filter.Where.Keys.Any(one => one != Dimension.Executor);
        var queued = single ? await SingleAsync("queued_at", "started_at", "true") : await CellsAsync("rollup_hour_start", "queued");
        var ran = single ? await SingleAsync("started_at", "finished_at", "status IN (10, 11)") : await CellsAsync("rollup_hour_result", "ran");
        var wanted = filter.Where.GetValueOrDefault(Dimension.Executor)?.Split(',');
        return
        [
            .. queued.Keys.Union(ran.Keys).Where(key => wanted?.Contains(key.Executor, StringComparer.OrdinalIgnoreCase) ?? true)
                .OrderBy(key => key.At).ThenBy(key => key.Executor, StringComparer.Ordinal).Select(key =>
            {
                var (waits, runs) = (queued.GetValueOrDefault(key), ran.GetValueOrDefault(key));
                return new DurationPoint(key.At, key.Executor, waits.Jobs, waits.P50, waits.P95, runs.Jobs, runs.P50, runs.P95);
            }),
        ];

        Task<Dictionary<(DateTimeOffset At, string Executor), TimesOf>> SingleAsync(string from, string to, string which) =>
            _single.ReadAsync(filter, step, at, from, to, which, number, cancel);

        Task<Dictionary<(DateTimeOffset At, string Executor), TimesOf>> CellsAsync(string table, string column) => HistogramsAsync(table, column, number, filter, step, at, cancel);
    }

    private async Task<Dictionary<(DateTimeOffset At, string Executor), TimesOf>> HistogramsAsync(
        string table, string column, short instance, InsightFilter filter, Bucket step, string at, CancellationToken cancel)
    {
        var from = SingleJobTimes.Floor(filter.Window.From, step);
        var where = new SqlWhere().And("instance = {0}", instance).And("hour >= {0}", from).And("hour < {0}", filter.Window.To);
        var rows = await database.QueryAsync(
            $"SELECT {at}, executor, hist_sum({column}) FROM {table} WHERE {where} GROUP BY 1, 2",
            where.Fill, row => (At: row.GetOrNull<DateTimeOffset>(0) ?? filter.Window.From.ToUniversalTime(), Executor: row.GetInt32(1), Times: row.GetFieldValue<long[]>(2)), cancel);
        await words.KnowAsync(database, rows.ConvertAll(row => row.Executor), [], cancel);
        return rows.GroupBy(row => (row.At, ExecutorNames.Word(new Executor(words.Word(row.Executor) ?? "unknown").Family)))
            .ToDictionary(cells => cells.Key, cells => TimesOf.Histogram(cells.Select(cell => cell.Times).Aggregate((one, other) => [.. one.Zip(other, (a, b) => a + b)])));
    }
}

/// <summary>Seconds that jobs took, and how many jobs gave a value.</summary>
internal readonly record struct TimesOf(long Jobs, double? P50, double? P95)
{
    public static TimesOf Histogram(long[] counts) => new(counts.Sum(), TimeHistogram.Percentile(counts, 0.5), TimeHistogram.Percentile(counts, 0.95));
}
