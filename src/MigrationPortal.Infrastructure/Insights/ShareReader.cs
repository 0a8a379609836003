using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Insights;

/// <summary>Which executor started how many jobs. Hours come from the rollup; a project's or a runner's share from raw rows.</summary>
internal sealed class ShareReader(Database database, JobWords words)
{
    private static readonly RateSource Hours = new("rollup_hour_start", "hour", true, new HashSet<Dimension>());

    public async Task<IReadOnlyList<SharePoint>> ReadAsync(InsightFilter filter, short instance, CancellationToken cancel)
    {
        // The executor is what the share is of: it narrows the points, not the totals.
        var wanted = filter.Where.GetValueOrDefault(Dimension.Executor)?.Split(',');
        var narrowed = filter with { By = Dimension.Executor, Where = filter.Where.Where(one => one.Key != Dimension.Executor).ToDictionary() };
        var where = narrowed.Where.Count == 0 ? Hours.Where(narrowed, instance) : new SqlWhere();
        var rows = await database.QueryAsync(
            $"""
            SELECT {Hours.At(filter.Bucket)}, executor, sum(started)::bigint, coalesce(sum(untagged), 0)::bigint
            FROM {(narrowed.Where.Count == 0 ? $"{Hours.Table} WHERE {where}" : SingleJobs(narrowed, where, instance))} GROUP BY 1, 2 HAVING sum(started) > 0
            """,
            where.Fill, row => (At: row.GetFieldValue<DateTimeOffset>(0), Executor: row.GetInt32(1), Started: row.GetInt64(2), Untagged: row.GetInt64(3)), cancel);
        await words.KnowAsync(database, rows.ConvertAll(row => row.Executor), [], cancel);
        var totals = rows.GroupBy(row => row.At)
            .ToDictionary(bucket => bucket.Key, bucket => (Started: bucket.Sum(row => row.Started), Untagged: bucket.Sum(row => row.Untagged)));
        return [.. rows
            .GroupBy(row => (row.At, Family: ExecutorNames.Word(new Executor(words.Word(row.Executor) ?? "unknown").Family)))
            .Where(cell => wanted is null || wanted.Contains(cell.Key.Family, StringComparer.OrdinalIgnoreCase))
            .Select(cell => new SharePoint(
                cell.Key.At, cell.Key.Family, cell.Sum(row => row.Started), cell.Sum(row => row.Untagged), totals[cell.Key.At].Started, totals[cell.Key.At].Untagged))
            .OrderBy(point => point.At).ThenBy(point => point.Executor, StringComparer.Ordinal)];
    }

    private static string SingleJobs(InsightFilter filter, SqlWhere where, short instance)
    {
        where.And("instance = {0}", instance);
        SingleJobTimes.Between(where, "started_at", SingleJobTimes.Floor(filter.Window.From, filter.Bucket), filter.Window.To);
        RateSource.Narrow(where, filter, instance);
        return
            $$"""
            (SELECT date_trunc('hour', started_at) AS hour, executor, 1 AS started, (s.tags = '{}')::int AS untagged
             FROM jobs LEFT JOIN tag_sets s ON s.id = tag_set WHERE {{where}}) single
            """;
    }
}
