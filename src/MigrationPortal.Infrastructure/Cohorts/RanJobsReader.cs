using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Insights;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Cohorts;

/// <summary>From the days that are counted by project, tag set and executor: what it costs does not grow with the number of jobs.</summary>
internal sealed class RanJobsReader(Database database, InstanceNumbers instances, IWorldClock clock) : IRanJobs
{
    public async Task<IReadOnlyList<RanJobs>> SinceAsync(InstanceId instance, IReadOnlyCollection<Enrollment> enrollments, CancellationToken cancel)
    {
        if (enrollments.Count == 0) return [];
        var (number, now) = (await instances.NumberAsync(instance, cancel), clock.Now(instance));
        var first = DigestReach.PagesSince(now);
        var rows = await database.QueryAsync(
            """
            SELECT d.project, t.tags, w.word, sum(d.finished)::bigint
            FROM unnest($2::bigint[], $3::date[]) AS e (project, since) CROSS JOIN generate_series(e.since, $4::date, interval '1 day') AS one (day)
                JOIN digest_day_place d ON d.instance = $1 AND d.day = one.day::date AND d.project = e.project
                JOIN words w ON w.id = d.executor LEFT JOIN tag_sets t ON t.id = d.tag_set AND d.tag_set <> 0
            GROUP BY 1, 2, 3 ORDER BY 1
            """,
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(enrollments.Select(one => one.Project.Number).ToArray());
                values.AddWithValue(enrollments.Select(one => Max(first, DigestReading.Day(one.Since).AddDays(1))).ToArray());
                values.AddWithValue(DigestReading.Day(now));
            },
            row => (Project: row.GetInt64(0), Tags: row.IsDBNull(1) ? TagSet.Empty : TagSet.Of(row.GetFieldValue<string[]>(1)), new Executor(row.GetString(2)).Family, Jobs: row.GetInt64(3)), cancel);
        return [.. rows.GroupBy(row => (row.Project, row.Tags, row.Family)).Select(group => new RanJobs(new ProjectId(instance, group.Key.Project), group.Key.Tags, group.Key.Family, group.Sum(row => row.Jobs)))];
    }

    private static DateOnly Max(DateOnly one, DateOnly other) => one > other ? one : other;
}
