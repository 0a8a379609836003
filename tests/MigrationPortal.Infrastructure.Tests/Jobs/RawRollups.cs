using MigrationPortal.Infrastructure.Tests.Store;

namespace MigrationPortal.Infrastructure.Tests.Jobs;

/// <summary>The rollups as they must be, recomputed from raw rows by plain SQL that shares nothing with the recorder.</summary>
internal static class RawRollups
{
    private const string Kept = "status IN (10, 11) AND finished_at IS NOT NULL";
    private const string Retry = "EXISTS (SELECT FROM jobs first WHERE (first.instance, first.pipeline, first.name) = (jobs.instance, jobs.pipeline, jobs.name) AND first.number < jobs.number)";
    private const string Day = "(finished_at AT TIME ZONE 'UTC')::date";

    private static readonly (string Rollup, string FromRaw)[] Pairs =
    [
        (Cells("rollup_hour_result", "hour, executor, kind, jobs, retries"),
            $"SELECT instance, date_trunc('hour', finished_at), executor, kind, count(*), count(*) FILTER (WHERE {Retry}) FROM jobs WHERE {Kept} GROUP BY 1, 2, 3, 4"),
        ("SELECT instance, hour, executor, kind, (SELECT coalesce(sum(one), 0) FROM unnest(ran) one) FROM rollup_hour_result WHERE jobs <> 0",
            $"SELECT instance, date_trunc('hour', finished_at), executor, kind, count(started_at)::numeric FROM jobs WHERE {Kept} GROUP BY 1, 2, 3, 4"),
        (Cells("rollup_hour_runner", "hour, runner, version, executor, kind, jobs, retries"),
            $"SELECT instance, date_trunc('hour', finished_at), runner, version, executor, kind, count(*), count(*) FILTER (WHERE {Retry}) FROM jobs WHERE {Kept} AND runner IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6"),
        (Cells("rollup_day_runner", "day, runner, version, executor, kind, jobs, retries"),
            $"SELECT instance, {Day}, runner, version, executor, kind, count(*), count(*) FILTER (WHERE {Retry}) FROM jobs WHERE {Kept} AND runner IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6"),
        (Cells("rollup_day_project", "day, project, executor, kind, jobs, retries"),
            $"SELECT instance, {Day}, project, executor, kind, count(*), count(*) FILTER (WHERE {Retry}) FROM jobs WHERE {Kept} GROUP BY 1, 2, 3, 4, 5"),
        (Cells("rollup_day_reason", "day, executor, reason, kind, jobs, retries"),
            $"SELECT instance, {Day}, executor, reason, kind, count(*), count(*) FILTER (WHERE {Retry}) FROM jobs WHERE {Kept} GROUP BY 1, 2, 3, 4, 5"),
        (Cells("rollup_day_tags", "day, tag_set, executor, kind, jobs, retries"),
            $"SELECT instance, {Day}, tag_set, executor, kind, count(*), count(*) FILTER (WHERE {Retry}) FROM jobs WHERE {Kept} GROUP BY 1, 2, 3, 4, 5"),
        (Cells("rollup_day_class", "day, project, tag_set, protected, jobs"),
            "SELECT instance, (coalesce(created_at, queued_at, started_at) AT TIME ZONE 'UTC')::date, project, tag_set, CASE WHEN protected IS NULL THEN 0 WHEN protected THEN 2 ELSE 1 END, count(*) " +
            "FROM jobs WHERE status IN (7, 8, 9, 10, 11, 12) AND coalesce(created_at, queued_at, started_at) IS NOT NULL GROUP BY 1, 2, 3, 4, 5"),
        ("SELECT instance, hour, executor, started, untagged, tags_unknown, (SELECT sum(one) FROM unnest(queued) one) FROM rollup_hour_start WHERE started <> 0",
            "SELECT instance, date_trunc('hour', started_at), executor, count(*), count(*) FILTER (WHERE tags = '{}'), count(*) FILTER (WHERE tag_set = 0), count(queued_at)::numeric " +
            "FROM jobs LEFT JOIN tag_sets s ON s.id = tag_set WHERE started_at IS NOT NULL GROUP BY 1, 2, 3"),
    ];

    public static async Task ShouldMatchAsync(StoreFixture store)
    {
        foreach (var (rollup, raw) in Pairs)
        {
            var differing = await store.ScalarAsync<long>(
                $"SELECT count(*) FROM (({rollup} EXCEPT ALL ({raw})) UNION ALL (({raw}) EXCEPT ALL {rollup})) differing");
            differing.ShouldBe(0, rollup);
        }
    }

    private static string Cells(string table, string columns) => $"SELECT instance, {columns} FROM {table} WHERE jobs <> 0";
}
