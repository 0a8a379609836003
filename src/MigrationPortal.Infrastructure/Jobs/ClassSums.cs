using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>
/// The days of job classes that lie behind, added up once. Readers add the days since and take away those that have left
/// the window, so that what they get is exact at any moment; when recording has changed a day behind, they read all days.
/// </summary>
internal sealed class ClassSums(Database database, InstanceNumbers instances)
{
    /// <summary>Late jobs still change yesterday again and again.</summary>
    private const int Moving = 1;

    /// <summary>Adds up again what a census of today will ask for, unless that stands.</summary>
    public async Task RefreshAsync(InstanceId instance, DateOnly today, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        var (first, last) = (today.AddDays(-(int)CensusWindow.Length.TotalDays), today.AddDays(-1 - Moving));
        if (await ValidAsync(database, number, cancel) is { } there && there.First == first && there.Last == last) return;
        await database.InTransactionAsync(
            async connection =>
            {
                await connection.LockAsync($"class-sums:{instance}", cancel);
                // One statement sees one moment: the sums and the changes that they rest on.
                await connection.ExecuteLongAsync(
                    """
                    WITH made AS (
                        INSERT INTO class_summed AS old (instance, generation, first, last, changes)
                        SELECT $1, 1, $2, $3, coalesce(sum(changes), 0) FROM class_days WHERE instance = $1 AND day BETWEEN $2 AND $3
                        ON CONFLICT (instance) DO UPDATE SET generation = old.generation + 1, first = excluded.first, last = excluded.last, changes = excluded.changes
                        RETURNING generation),
                    gone AS (DELETE FROM class_sums WHERE instance = $1 AND generation < (SELECT generation - 1 FROM made))
                    INSERT INTO class_sums (instance, generation, project, tag_set, protected, jobs)
                    SELECT $1, (SELECT generation FROM made), project, tag_set, protected, sum(jobs)
                    FROM rollup_day_class WHERE instance = $1 AND day BETWEEN $2 AND $3 GROUP BY 3, 4, 5 HAVING sum(jobs) > 0
                    """,
                    values =>
                    {
                        values.AddWithValue(number);
                        values.AddWithValue(first);
                        values.AddWithValue(last);
                    },
                    cancel);
                return true;
            },
            cancel);
        await database.ExecuteAsync("ANALYZE class_sums", _ => { }, cancel);
    }

    /// <summary>
    /// The rows of a window's days as a table: <c>project, tag_set, protected, jobs, whole</c>. Several rows of one class add up
    /// to its jobs, and may add up to none.
    /// </summary>
    /// <param name="window">Whole UTC days: the first one counts in full.</param>
    /// <param name="whole">Jobs from this day on are also in the column <c>whole</c>.</param>
    public static async Task<string> RowsAsync(Database database, short number, TimeWindow window, DateOnly whole, SqlWhere values, CancellationToken cancel)
    {
        var (from, to) = (DateOnly.FromDateTime(window.From.UtcDateTime), DateOnly.FromDateTime(window.To.UtcDateTime.AddTicks(-1)));
        var instance = values.Value(number);
        string Days(DateOnly first, DateOnly last, string sign = "") =>
            $"SELECT project, tag_set, protected, {sign}jobs AS jobs, CASE WHEN day >= {values.Value(whole)} THEN {sign}jobs ELSE 0 END AS whole "
            + $"FROM rollup_day_class WHERE instance = {instance} AND day BETWEEN {values.Value(first)} AND {values.Value(last)}";
        if (whole > from || await ValidAsync(database, number, cancel) is not { } there || there.First > from || there.Last < from || there.Last > to) return Days(from, to);
        return $"SELECT project, tag_set, protected, jobs, jobs AS whole FROM class_sums WHERE instance = {instance} AND generation = {values.Value(there.Generation)} "
            + $"UNION ALL {Days(there.Last.AddDays(1), to)} UNION ALL {Days(there.First, from.AddDays(-1), "-")}";
    }

    private static async Task<Summed?> ValidAsync(Database database, short number, CancellationToken cancel) => (await database.QueryAsync(
        """
        SELECT generation, first, last FROM class_summed s WHERE instance = $1
            AND changes = (SELECT coalesce(sum(d.changes), 0) FROM class_days d WHERE d.instance = $1 AND d.day BETWEEN s.first AND s.last)
        """,
        values => values.AddWithValue(number),
        row => new Summed(row.GetInt64(0), row.GetFieldValue<DateOnly>(1), row.GetFieldValue<DateOnly>(2)), cancel)).SingleOrDefault();

    private sealed record Summed(long Generation, DateOnly First, DateOnly Last);
}
