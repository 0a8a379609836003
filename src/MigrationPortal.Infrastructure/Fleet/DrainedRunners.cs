using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;
using MigrationPortal.Infrastructure.Sweeps;
using Npgsql;

namespace MigrationPortal.Infrastructure.Fleet;

/// <summary>Rows of runners are kept when they are gone, so that their hosts are still known. What a surge lent has no host of its own.</summary>
internal sealed class DrainedRunners(Database database, InstanceNumbers instances) : IDrainedRunners
{
    public async Task<IReadOnlyList<DrainedRunner>> ReadAsync(InstanceId instance, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        var rows = await database.QueryAsync(
            """
            SELECT r.observed::text, r.gone_at, a.last_started_at, (SELECT count(*) FROM jobs j WHERE j.instance = $2 AND j.status < 10 AND j.status = ANY ($3) AND j.runner = r.number),
                coalesce((SELECT max(c.seen_at) FROM runner_changes c WHERE c.instance = r.instance AND c.runner = r.number AND c.attribute = 'paused' AND c.after = 'true'), r.first_seen_at),
                (SELECT (w.value::jsonb ->> 'LookedAt')::timestamptz FROM watermarks w WHERE w.instance = r.instance AND w.source = $4)
            FROM runners r JOIN runner_standings s ON s.instance = r.instance AND s.number = r.number LEFT JOIN runner_activity a ON a.instance = $2 AND a.runner = r.number
            WHERE r.instance = $1 AND s.role = 'Legacy' AND NOT EXISTS (SELECT FROM surges g WHERE g.instance = r.instance AND g.lent @> jsonb_build_array(jsonb_build_object('runner', r.number)))
            ORDER BY r.number
            """,
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(number);
                values.AddWithValue(new[] { (short)JobStatus.Running, (short)JobStatus.Canceling });
                values.AddWithValue(JobSweep.CoverageSource);
            },
            Read, cancel);
        return [.. rows.Where(one => one.GoneAt is not null || one.Observed.Attributes.Paused)];
    }

    // Who was deleted without a pause took jobs until then.
    private static DrainedRunner Read(NpgsqlDataReader row)
    {
        var (observed, gone, paused) = (StoreJson.Read<ObservedRunner>(row.GetString(0)), row.GetOrNull<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(4));
        return new DrainedRunner(observed, gone, row.GetOrNull<DateTimeOffset>(2), observed.Attributes.Paused ? paused : gone ?? paused, row.GetOrNull<DateTimeOffset>(5), row.GetInt64(3));
    }
}
