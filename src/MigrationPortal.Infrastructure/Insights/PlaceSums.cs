using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Insights;

/// <summary>The counted places of 7, 14 and 30 days with the running one, added up after each count: as exact as the days, and as old.</summary>
internal sealed class PlaceSums(Database database, InstanceNumbers instances)
{
    private static readonly int[] Spans = [7, 14, 30];

    /// <returns>Whether anything was to add up: a day counted since, or a new day.</returns>
    public async Task<bool> RefreshAsync(InstanceId instance, DateOnly today, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        if (await DigestReading.CountedAtAsync(database, number, cancel) is not { } counted) return false;
        if (await ReadAsync(database, number, cancel) is { } there && there.Today == today && there.CountedAt == counted) return false;
        await database.InTransactionAsync(
            async connection =>
            {
                await connection.LockAsync($"digest:{instance}", cancel);
                await connection.ExecuteAsync("DELETE FROM digest_places WHERE instance = $1", values => values.AddWithValue(number), cancel);
                await connection.ExecuteLongAsync(
                    $"""
                    INSERT INTO digest_places (instance, project, tag_set, source, executor, managed, ref, last_day, {string.Join(", ", Spans.Select(Column))})
                    SELECT $1, project, tag_set, source, executor, managed, ref, max(day), {string.Join(", ", Spans.Select(days => $"coalesce(sum(finished) FILTER (WHERE day >= $2 - {days}), 0)"))}
                    FROM digest_day_place WHERE instance = $1 AND day BETWEEN $2 - {Spans[^1]} AND $2 GROUP BY 2, 3, 4, 5, 6, 7
                    """,
                    values =>
                    {
                        values.AddWithValue(number);
                        values.AddWithValue(today);
                    },
                    cancel);
                return await connection.ExecuteAsync(
                    """
                    INSERT INTO digest_summed (instance, today, counted_at) SELECT $1, $2, max(counted_at) FROM digest_days WHERE instance = $1
                    ON CONFLICT (instance) DO UPDATE SET today = excluded.today, counted_at = excluded.counted_at
                    """,
                    values =>
                    {
                        values.AddWithValue(number);
                        values.AddWithValue(today);
                    },
                    cancel);
            },
            cancel);
        await database.ExecuteAsync("ANALYZE digest_places", _ => { }, cancel);
        return true;
    }

    /// <summary>
    /// The rows of a window as a table: <c>project, tag_set, source, executor, managed, ref, finished, day</c>, the last one of
    /// the row's last job. Sums where they hold for it; until the first count after midnight those of the day before, with their own window.
    /// </summary>
    /// <param name="basis">The part of the window that counts.</param>
    public static async Task<PlaceRows> RowsAsync(Database database, short number, TimeWindow window, TimeWindow basis, SqlWhere values, CancellationToken cancel)
    {
        var instance = values.Value(number);
        var (first, last) = (DigestReading.Day(basis.From), DigestReading.Day(basis.To.AddTicks(-1)));
        var span = Array.Find(Spans, days => window.Length == TimeSpan.FromDays(days));
        if (span > 0 && first == DigestReading.Day(window.From) && await ReadAsync(database, number, cancel) is { } there && last.DayNumber - there.Today.DayNumber is 0 or 1)
        {
            var begin = new DateTimeOffset(there.Today.AddDays(-span), TimeOnly.MinValue, TimeSpan.Zero);
            return new PlaceRows(
                $"(SELECT project, tag_set, source, executor, managed, ref, {Column(span)} AS finished, last_day AS day FROM digest_places WHERE instance = {instance} AND {Column(span)} > 0)",
                there.Today == last ? basis : new TimeWindow(begin, there.CountedAt), there.CountedAt);
        }

        return new PlaceRows(
            $"(SELECT project, tag_set, source, executor, managed, ref, finished, day FROM digest_day_place WHERE instance = {instance} AND day BETWEEN {values.Value(first)} AND {values.Value(last)})",
            basis, await DigestReading.CountedAtAsync(database, number, cancel));
    }

    private static async Task<Summed?> ReadAsync(Database database, short number, CancellationToken cancel) => (await database.QueryAsync(
        "SELECT today, counted_at FROM digest_summed WHERE instance = $1", values => values.AddWithValue(number),
        row => new Summed(row.GetFieldValue<DateOnly>(0), row.GetFieldValue<DateTimeOffset>(1)), cancel)).SingleOrDefault();

    private static string Column(int days) => $"finished_{days}";

    private sealed record Summed(DateOnly Today, DateTimeOffset CountedAt);
}

/// <param name="Table">In parentheses, without a name.</param>
/// <param name="Basis">The days that its rows are of.</param>
/// <param name="CountedAt">The instance's time of the count behind them; null before the first.</param>
internal sealed record PlaceRows(string Table, TimeWindow Basis, DateTimeOffset? CountedAt);
