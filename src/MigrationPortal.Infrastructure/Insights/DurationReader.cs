using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Insights;

internal sealed class DurationReader(Database database, InstanceNumbers instances, JobWords words) : IDurationReader
{
    private sealed record Cell(DateTimeOffset At, string Executor, long[] Times);

    public Task<IReadOnlyList<DurationPoint>> DurationsAsync(InstanceId instance, TimeWindow window, Bucket bucket, CancellationToken cancel) => ReadAsync(
        instance, window, bucket == Bucket.Hour ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1),
        bucket == Bucket.Hour ? "hour" : "(date_trunc('day', hour AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')", cancel);

    public Task<IReadOnlyList<DurationPoint>> TotalsAsync(InstanceId instance, TimeWindow window, CancellationToken cancel) =>
        ReadAsync(instance, window, TimeSpan.FromHours(1), "NULL::timestamptz", cancel);

    /// <param name="step">Whole ones: the one in which the window begins counts in full.</param>
    /// <param name="at">The bucket's begin as SQL; NULL for the window's.</param>
    private async Task<IReadOnlyList<DurationPoint>> ReadAsync(InstanceId instance, TimeWindow window, TimeSpan step, string at, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        var queued = await CellsAsync("rollup_hour_start", "queued", number, window, step, at, cancel);
        var ran = await CellsAsync("rollup_hour_result", "ran", number, window, step, at, cancel);
        return [.. queued.Keys.Union(ran.Keys).OrderBy(key => key.At).ThenBy(key => key.Executor, StringComparer.Ordinal).Select(key =>
        {
            var (waits, runs) = (queued.GetValueOrDefault(key, []), ran.GetValueOrDefault(key, []));
            return new DurationPoint(
                key.At, key.Executor, waits.Sum(), TimeHistogram.Percentile(waits, 0.5), TimeHistogram.Percentile(waits, 0.95),
                runs.Sum(), TimeHistogram.Percentile(runs, 0.5), TimeHistogram.Percentile(runs, 0.95));
        })];
    }

    private async Task<Dictionary<(DateTimeOffset At, string Executor), long[]>> CellsAsync(
        string table, string column, short instance, TimeWindow window, TimeSpan step, string at, CancellationToken cancel)
    {
        var from = window.From.ToUniversalTime();
        var where = new SqlWhere().And("instance = {0}", instance).And("hour >= {0}", from.AddTicks(-(from.Ticks % step.Ticks))).And("hour < {0}", window.To);
        var rows = await database.QueryAsync(
            $"SELECT {at}, executor, hist_sum({column}) FROM {table} WHERE {where} GROUP BY 1, 2",
            where.Fill, row => (At: row.GetOrNull<DateTimeOffset>(0) ?? from, Executor: row.GetInt32(1), Times: row.GetFieldValue<long[]>(2)), cancel);
        await database.InConnectionAsync(connection => words.KnowAsync(connection, rows.Select(row => row.Executor), [], cancel), cancel);
        return rows.ConvertAll(row => new Cell(row.At, ExecutorNames.Word(new Executor(words.Word(row.Executor) ?? "unknown").Family), row.Times))
            .GroupBy(cell => (cell.At, cell.Executor))
            .ToDictionary(cells => cells.Key, cells => cells.Select(cell => cell.Times).Aggregate((one, other) => [.. one.Zip(other, (a, b) => a + b)]));
    }
}
