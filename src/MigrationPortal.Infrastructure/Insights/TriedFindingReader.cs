using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Insights;

/// <summary>Findings as long as they stood, with the days that are counted by job name.</summary>
internal sealed class TriedFindingReader(Database database, InstanceNumbers instances) : ITriedFindings
{
    // Only whole days inside of a span count: on its first and last one the job may have run with another file. Copies of a
    // parallel job are the job of that name, unless the file had a finding for one of the copy's very name.
    private const string Sql =
        """
        WITH spans AS MATERIALIZED (
            SELECT project, rule, job, (since AT TIME ZONE 'UTC')::date AS since, coalesce((until AT TIME ZONE 'UTC')::date, 'infinity') AS until
            FROM finding_spans WHERE instance = $1),
        tried AS MATERIALIZED (
            SELECT DISTINCT project FROM digest_day_job WHERE instance = $2 AND executor = ANY ($3) AND project IN (SELECT project FROM spans)),
        ran AS MATERIALIZED (
            SELECT project, name, regexp_replace(name, '( [0-9]+/[0-9]+|: \[.*\])$', '') AS stem, day, executor = ANY ($3) AS there, sum(finished) AS finished, sum(failed) AS failed
            FROM digest_day_job WHERE instance = $2 AND project IN (SELECT project FROM tried) AND executor = ANY ($3 || $4) GROUP BY 1, 2, 4, 5),
        days AS (
            SELECT DISTINCT s.rule, s.project, s.job, r.name, r.day, r.there, r.finished, r.failed
            FROM spans s JOIN ran r ON r.project = s.project
                AND (r.name = s.job OR r.stem = s.job AND NOT EXISTS (SELECT FROM spans o WHERE o.project = s.project AND o.job = r.name))
            WHERE NOT r.there OR r.day > s.since AND r.day < s.until)
        SELECT rule, project, job, coalesce(sum(failed) FILTER (WHERE there), 0)::bigint, sum(finished) FILTER (WHERE there)::bigint,
            coalesce(sum(failed) FILTER (WHERE NOT there), 0)::bigint, coalesce(sum(finished) FILTER (WHERE NOT there), 0)::bigint
        FROM days GROUP BY 1, 2, 3 HAVING sum(finished) FILTER (WHERE there) > 0 ORDER BY rule, project, job COLLATE "C"
        """;

    public async Task<IReadOnlyList<TriedFinding>> ReadAsync(InstanceId instance, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        var kubernetes = await ExecutorNames.IdsAsync(database, ExecutorFamily.Kubernetes, cancel);
        var docker = await ExecutorNames.IdsAsync(database, ExecutorFamily.Docker, cancel);
        return await database.QueryAsync(
            Sql,
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(number);
                values.AddWithValue(kubernetes.ToArray());
                values.AddWithValue(docker.ToArray());
            },
            row => new TriedFinding(
                row.GetString(0), new ProjectId(instance, row.GetInt64(1)), row.GetString(2), new Rate(row.GetInt64(3), row.GetInt64(4)), new Rate(row.GetInt64(5), row.GetInt64(6))),
            cancel);
    }
}
