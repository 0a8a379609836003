using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Insights;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Readiness;

/// <summary>
/// Blocked jobs as the last scans were judged, with how often each ran on docker in a plan's window, the running day as far as it is counted. What a move has
/// pinned asks for the fallback tag, by which plans and gates tell it apart.
/// </summary>
internal sealed class PredictedFailureReader(Database database, InstanceNumbers instances, IInstanceStore marks, IWorldClock clock) : IPredictedFailures
{
    // Copies of a parallel job ("test 1/3", "test: [linux, arm]") are the job of that name, unless the file has one of the
    // copy's very name: as Domain's ParallelJobs. A job that never ran fails nobody. Scans are joined to jobs by project first:
    // days of jobs are by far the biggest.
    private const string Sql =
        """
        WITH blocked AS MATERIALIZED (
            SELECT b.project, b.job, b.rules, b.tags
            FROM project_scan_blocked b JOIN projects p ON p.instance = b.instance AND p.number = b.project AND NOT p.archived
                JOIN project_scans s ON s.instance = b.instance AND s.project = b.project AND s.state = 'Read'
            WHERE b.instance = $1 AND NOT EXISTS (SELECT FROM enrollments e WHERE e.instance = b.instance AND e.project = b.project AND e.target = 'Docker' AND e.state = 'Verified')),
        ran AS MATERIALIZED (
            SELECT project, name, regexp_replace(name, '( [0-9]+/[0-9]+|: \[.*\])$', '') AS stem, sum(finished) AS jobs
            FROM digest_day_job WHERE instance = $2 AND day BETWEEN $3 AND $4 AND executor = ANY ($5) AND project IN (SELECT project FROM blocked) GROUP BY 1, 2),
        found AS (
            SELECT b.project, b.job, b.rules, b.tags, sum(r.jobs) AS jobs
            FROM blocked b JOIN ran r ON r.project = b.project AND (r.name = b.job OR r.stem = b.job AND NOT EXISTS (
                SELECT FROM project_scans s WHERE s.instance = $1 AND s.project = b.project AND s.jobs @> jsonb_build_array(jsonb_build_object('name', r.name))))
            GROUP BY 1, 2, 3, 4)
        SELECT known.scanned, known.first, found.project, found.job, found.rules, found.jobs::bigint,
            found.tags,
            known.until, EXISTS (
                SELECT FROM (SELECT e.state, e.kind FROM enrollments e WHERE e.instance = $1 AND e.project = found.project ORDER BY e.id DESC LIMIT 1) newest
                WHERE newest.kind <> 'Carried' AND newest.state IN ('Accepted', 'Declined', 'Waitlisted', 'Moving', 'Moved', 'Verified', 'Returning'))
        FROM (SELECT (SELECT count(*)::int FROM project_scans WHERE instance = $1 AND state = 'Read') AS scanned, (SELECT min(day) FROM digest_days WHERE instance = $2 AND day >= $3 AND day <= $4) AS first,
                (SELECT counted_at FROM digest_days WHERE instance = $2 AND day = $4) AS until) known
            LEFT JOIN found ON true
        ORDER BY found.project, found.job COLLATE "C"
        """;

    /// <summary>In days: less says nothing of a day.</summary>
    private const double Hour = 1 / 24.0;

    public async Task<Predictions> ReadAsync(InstanceId instance, CancellationToken cancel)
    {
        var window = CensusWindow.Until(clock.Now(instance));
        var today = DigestReading.Day(window.To);
        var from = DigestReading.Day(DigestReading.Basis(window, HistoryMark.CompleteSince(await HistoryMark.ReadAsync(marks, instance, cancel), window)).From);
        var (number, docker) = (await instances.NumberAsync(instance, cancel), await ExecutorNames.IdsAsync(database, ExecutorFamily.Docker, cancel));
        var rows = await database.QueryAsync(
            Sql,
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(number);
                values.AddWithValue(from);
                values.AddWithValue(today);
                values.AddWithValue(docker.ToArray());
            },
            row => (Scanned: row.GetInt32(0), Failure: row.IsDBNull(2) ? null : Failure(instance, row, today)), cancel);
        var failures = rows.Select(row => row.Failure).OfType<PredictedFailure>().ToList();
        var unknown = failures.Where(one => one.Tags.Any(tag => tag.Contains('$', StringComparison.Ordinal))).ToList();
        return new Predictions(rows[0].Scanned, [.. failures.Except(unknown)], unknown.Count, unknown.Sum(one => one.JobsPerDay));
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    // Jobs a day of the time that is counted: a portal that has been watching for two must not spread their jobs over fourteen.
    private static PredictedFailure Failure(InstanceId instance, NpgsqlDataReader row, DateOnly today) => new(
        new ProjectId(instance, row.GetInt64(2)), TagSet.Of(row.GetFieldValue<string[]>(6)), row.GetString(3), row.GetFieldValue<string[]>(4),
        row.GetInt64(5) / Math.Max(Hour, ((row.GetOrNull<DateTimeOffset>(7) ?? Midnight(today)) - Midnight(row.GetFieldValue<DateOnly>(1))).TotalDays))
    {
        IsAnswered = row.GetBoolean(8),
    };
}
