using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Insights;

/// <summary>Exact percentiles by executor family, from raw rows: for what no rollup's histogram is kept by.</summary>
internal sealed class SingleJobTimes(Database database)
{
    /// <param name="at">The bucket's begin as SQL over <c>hour</c>; NULL for the window's.</param>
    /// <param name="began">Column of the time's begin.</param>
    /// <param name="ended">Column of its end, which also says the bucket.</param>
    /// <param name="which">Condition on the jobs that count.</param>
    public async Task<Dictionary<(DateTimeOffset At, string Executor), TimesOf>> ReadAsync(
        InsightFilter filter, Bucket step, string at, string began, string ended, string which, short instance, CancellationToken cancel)
    {
        var from = Floor(filter.Window.From, step);
        var where = Between(new SqlWhere().And("instance = {0}", instance), ended, from, filter.Window.To).And(which).And($"{began} IS NOT NULL");
        RateSource.Narrow(where, filter, instance);
        var families = string.Join(' ', Enum.GetValues<ExecutorFamily>().Where(one => one != ExecutorFamily.Unknown)
            .Select(one => $"WHEN w.word = ANY ({where.Value(ExecutorNames.Of(one))}) THEN '{ExecutorNames.Word(one)}'"));
        var rows = await database.QueryAsync(
            $"""
            SELECT {at}, family, count(*), percentile_disc(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY seconds) FROM (
                SELECT date_trunc('hour', {ended}) AS hour, CASE {families} ELSE 'unknown' END AS family,
                    greatest(extract(epoch FROM {ended} - {began}), 0)::float8 AS seconds
                FROM jobs LEFT JOIN words w ON w.id = executor WHERE {where}) times
            GROUP BY 1, 2
            """,
            where.Fill,
            row => (At: row.GetOrNull<DateTimeOffset>(0) ?? filter.Window.From.ToUniversalTime(), Family: row.GetString(1), Jobs: row.GetInt64(2), Times: row.GetFieldValue<double[]>(3)),
            cancel);
        return rows.ToDictionary(row => (row.At, row.Family), row => new TimesOf(row.Jobs, row.Times[0], row.Times[1]));
    }

    /// <summary>
    /// Rows of the raw table with a time in the span. Starts have no index: what started then was created before its end,
    /// and finished after its begin or has not yet.
    /// </summary>
    public static SqlWhere Between(SqlWhere where, string column, DateTimeOffset from, DateTimeOffset to)
    {
        if (column == "started_at") where.And("(finished_at >= {0} OR status < 10)", from).And("created_at < {0}", to);
        return where.And($"{column} >= {{0}}", from).And($"{column} < {{0}}", to);
    }

    public static DateTimeOffset Floor(DateTimeOffset at, Bucket step)
    {
        var utc = at.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % (step == Bucket.Hour ? TimeSpan.TicksPerHour : TimeSpan.TicksPerDay)));
    }
}
