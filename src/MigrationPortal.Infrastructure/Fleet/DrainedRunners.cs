using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Fleet;

/// <summary>Rows of runners are kept when they are gone, so that their hosts are still known.</summary>
internal sealed class DrainedRunners(Database database, InstanceNumbers instances) : IDrainedRunners
{
    public async Task<IReadOnlyList<DrainedRunner>> ReadAsync(InstanceId instance, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        var rows = await database.QueryAsync(
            """
            SELECT r.observed::text, r.gone_at, a.last_started_at, (SELECT count(*) FROM jobs j WHERE j.instance = $2 AND j.status < 10 AND j.status = $3 AND j.runner = r.number)
            FROM runners r JOIN runner_standings s ON s.instance = r.instance AND s.number = r.number LEFT JOIN runner_activity a ON a.instance = $2 AND a.runner = r.number
            WHERE r.instance = $1 AND s.role = 'Legacy' ORDER BY r.number
            """,
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(number);
                values.AddWithValue((short)Domain.Jobs.JobStatus.Running);
            },
            row => new DrainedRunner(StoreJson.Read<ObservedRunner>(row.GetString(0)), row.GetOrNull<DateTimeOffset>(1), row.GetOrNull<DateTimeOffset>(2), row.GetInt64(3)), cancel);
        // Of one that is gone GitLab has ended the jobs, whatever was last seen of them.
        return [.. rows.Where(one => one.GoneAt is not null || one.Observed.Attributes.Paused).Select(one => one.GoneAt is null ? one : one with { Running = 0 })];
    }
}
