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
        // Added up here: PostgreSQL would take ten times as long to add histograms as to send them.
        var sums = new Dictionary<(DateTimeOffset At, int Executor), long[]>();
        await database.InConnectionAsync(
            connection =>
            {
                sums.Clear();
                return connection.EachAsync(
                    $"SELECT {at}, executor, {column} FROM {table} WHERE {where}", where.Fill,
                    row => Add(sums, (row.GetOrNull<DateTimeOffset>(0) ?? filter.Window.From.ToUniversalTime(), row.GetInt32(1)), row.GetFieldValue<long[]>(2)), cancel);
            },
            cancel);
        await words.KnowAsync(database, [.. sums.Keys.Select(key => key.Executor).Distinct()], [], cancel);
        var families = new Dictionary<(DateTimeOffset At, string Executor), long[]>();
        foreach (var ((when, executor), times) in sums) Add(families, (when, ExecutorNames.Word(new Executor(words.Word(executor) ?? "unknown").Family)), times);
        return families.ToDictionary(cell => cell.Key, cell => TimesOf.Histogram(cell.Value));
    }

    private static void Add<TKey>(Dictionary<TKey, long[]> sums, TKey key, long[] times) where TKey : notnull
    {
        if (!sums.TryAdd(key, times))
            for (var (sum, bucket) = (sums[key], 0); bucket < times.Length; bucket++) sum[bucket] += times[bucket];
    }
}

/// <summary>Seconds that jobs took, and how many jobs gave a value.</summary>
internal readonly record struct TimesOf(long Jobs, double? P50, double? P95)
{
    public static TimesOf Histogram(long[] counts) => new(counts.Sum(), TimeHistogram.Percentile(counts, 0.5), TimeHistogram.Percentile(counts, 0.95));
}
