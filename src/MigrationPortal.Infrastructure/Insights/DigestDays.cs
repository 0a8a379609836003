using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Insights;

/// <summary>
/// Counts UTC days of raw rows into the digests. A day is counted again when the rollups, which recording keeps exact, say
/// something else of it than when it was counted; counted twice it is the same.
/// </summary>
internal sealed class DigestDays(Database database, InstanceNumbers instances)
{
    // The day's tags, executors, kinds and retries: whatever a later observation adds to a job moves one of these. And the
    // runners that are managed now, because only their jobs are compared.
    private const string Mark =
        """
        md5(string_agg(concat_ws(',', tag_set, executor, kind, jobs, retries), ';' ORDER BY tag_set, executor, kind) || coalesce(
            (SELECT string_agg(s.number::text, ',' ORDER BY s.number) FROM runner_standings s JOIN instances i ON i.name = s.instance WHERE i.number = $1 AND s.managed), ''))
        """;

    /// <summary>Days whose digests are missing or old, newest first. A day whose raw rows may be gone keeps the digest that it has.</summary>
    public async Task<List<DateOnly>> ChangedAsync(InstanceId instance, DateOnly since, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        return await database.QueryAsync(
            $"""
            SELECT day FROM (SELECT day, {Mark} AS mark FROM rollup_day_tags WHERE instance = $1 AND day >= $2 AND jobs <> 0 GROUP BY day) now
            LEFT JOIN (SELECT day, mark FROM digest_days WHERE instance = $1) counted USING (day)
            WHERE counted.mark IS DISTINCT FROM now.mark
                AND day > coalesce((SELECT (since AT TIME ZONE 'UTC')::date + 1 FROM jobs_kept WHERE instance = $1), '-infinity') ORDER BY day DESC
            """,
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(since);
            },
            row => row.GetFieldValue<DateOnly>(0), cancel);
    }

    public async Task<bool> AnyAsync(InstanceId instance, DateOnly since, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        return (await database.QueryAsync(
            "SELECT EXISTS (SELECT 1 FROM digest_days WHERE instance = $1 AND day >= $2)",
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(since);
            },
            row => row.GetBoolean(0), cancel)).Single();
    }

    /// <param name="now">The instance's time.</param>
    public async Task CountAsync(InstanceId instance, DateOnly day, DateTimeOffset now, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        var begin = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        void Fill(NpgsqlParameterCollection values)
        {
            values.AddWithValue(number);
            values.AddWithValue(day);
            values.AddWithValue(begin);
            values.AddWithValue(begin.AddDays(1));
        }

        await database.InTransactionAsync(
            async connection =>
            {
                await connection.LockAsync($"digest:{instance}", cancel);
                // First the mark: what is recorded meanwhile makes the day count once more, never less.
                await connection.ExecuteAsync(
                    $"""
                    INSERT INTO digest_days (instance, day, mark, counted_at)
                    SELECT $1, $2, coalesce({Mark}, ''), $3 FROM rollup_day_tags WHERE instance = $1 AND day = $2 AND jobs <> 0
                    ON CONFLICT (instance, day) DO UPDATE SET mark = excluded.mark, counted_at = excluded.counted_at
                    """,
                    values =>
                    {
                        values.AddWithValue(number);
                        values.AddWithValue(day);
                        values.AddWithValue(now.ToUniversalTime());
                    },
                    cancel);
                foreach (var table in (string[])["digest_day_job", "digest_day_place", "digest_day_arm"])
                    await connection.ExecuteAsync(
                        $"DELETE FROM {table} WHERE instance = $1 AND day = $2",
                        values =>
                        {
                            values.AddWithValue(number);
                            values.AddWithValue(day);
                        },
                        cancel);
                var rows = await connection.ExecuteAsync(Arms, Fill, cancel);
                // Of older days gates alone ask.
                foreach (var sql in day < DigestReach.PagesSince(now) ? [] : (string[])[Jobs, Places]) rows += await connection.ExecuteAsync(sql, Fill, cancel);
                return rows;
            },
            cancel);
    }

    // As in the rollups: what succeeded or failed. Without retries, which are no fresh evidence of a job's rate (statistics.md
    // A.1); a job whose attempt is not known counts. Bounds and number of buckets are those of TimeHistogram.
    private static readonly string Jobs =
        $"""
        INSERT INTO digest_day_job (instance, day, project, name, executor, finished, failed, infrastructure, script, timeout, ran)
        SELECT $1, $2, project, name, executor, sum(jobs), sum(failed), sum(infrastructure), sum(script), sum(timeout),
            coalesce(array_agg((bucket << 24) | jobs ORDER BY bucket) FILTER (WHERE bucket IS NOT NULL), ARRAY[]::int[])
        FROM (
            SELECT project, name, executor,
                CASE WHEN status = {(int)JobStatus.Success} AND started_at IS NOT NULL
                    THEN least(71, floor(ln(1 + greatest(0, extract(epoch FROM finished_at - started_at))::float8) / ln(2::float8) * 4)::int) END AS bucket,
                count(*)::int AS jobs, count(*) FILTER (WHERE kind <> 0) AS failed, count(*) FILTER (WHERE kind = {(int)FailureKind.Infrastructure}) AS infrastructure,
                count(*) FILTER (WHERE kind = {(int)FailureKind.Script}) AS script, count(*) FILTER (WHERE kind = {(int)FailureKind.Timeout}) AS timeout
            FROM jobs WHERE instance = $1 AND finished_at >= $3 AND finished_at < $4 AND status IN (10, 11) AND attempt <> {(int)JobAttempt.Retry} GROUP BY 1, 2, 3, 4) cells
        GROUP BY project, name, executor
        """;

    private static readonly string Arms =
        $"""
        INSERT INTO digest_day_arm (
            instance, day, project, tag_set, kubernetes_finished, kubernetes_failed, kubernetes_infrastructure, docker_finished, docker_failed, docker_infrastructure, kubernetes_unread, docker_unread)
        SELECT $1, $2, arms.* FROM ({ArmsOf()}) arms
        """;

    /// <summary>Both executors' first attempts by project and tag set on managed runners, in the order of the digest's columns: $1 instance, from $3 until $4.</summary>
    /// <param name="also">A further condition on jobs <c>j</c>, beginning with AND.</param>
    internal static string ArmsOf(string also = "") =>
        $"""
        SELECT project, tag_set, count(*) FILTER (WHERE k), count(*) FILTER (WHERE k AND kind <> 0), count(*) FILTER (WHERE k AND kind = {(int)FailureKind.Infrastructure}),
            count(*) FILTER (WHERE NOT k), count(*) FILTER (WHERE NOT k AND kind <> 0), count(*) FILTER (WHERE NOT k AND kind = {(int)FailureKind.Infrastructure}),
            count(*) FILTER (WHERE k AND kind = {(int)FailureKind.NotYetKnown}), count(*) FILTER (WHERE NOT k AND kind = {(int)FailureKind.NotYetKnown})
        FROM (
            SELECT j.project, j.tag_set, j.kind, w.word = ANY ({Names(ExecutorFamily.Kubernetes)}) AS k
            FROM jobs j JOIN words w ON w.id = j.executor JOIN instances i ON i.number = j.instance JOIN runner_standings s ON s.instance = i.name AND s.number = j.runner AND s.managed
            WHERE j.instance = $1 AND j.finished_at >= $3 AND j.finished_at < $4 AND j.status IN (10, 11) AND j.attempt <> {(int)JobAttempt.Retry}
                AND w.word = ANY ({Names(ExecutorFamily.Kubernetes, ExecutorFamily.Docker)}) {also}) one
        GROUP BY project, tag_set
        """;

    private static string Names(params ExecutorFamily[] families) => $"ARRAY[{string.Join(", ", families.SelectMany(ExecutorNames.Of).Select(name => $"'{name}'"))}]";

    private const string Places =
        $"""
        INSERT INTO digest_day_place (instance, day, project, tag_set, source, executor, managed, ref, finished)
        SELECT $1, $2, j.project, j.tag_set, j.source, j.executor, coalesce(s.managed, false),
            CASE WHEN j.ref LIKE 'refs/merge-requests/%' THEN '{StragglerPlace.MergeRequests}' ELSE coalesce(j.ref, '') END, count(*)
        FROM jobs j JOIN instances i ON i.number = j.instance LEFT JOIN runner_standings s ON s.instance = i.name AND s.number = j.runner
        WHERE j.instance = $1 AND j.finished_at >= $3 AND j.finished_at < $4 AND j.status IN (10, 11) GROUP BY 3, 4, 5, 6, 7, 8
        """;
}
