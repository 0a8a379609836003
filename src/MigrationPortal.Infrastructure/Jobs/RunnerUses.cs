using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Jobs;

internal sealed class RunnerUses(Database database, InstanceNumbers instances) : IRunnerUse
{
    public async Task<IReadOnlyDictionary<RunnerId, RunnerUse>> ReadAsync(InstanceId instance, TimeWindow window, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        return (await database.QueryAsync(
            """
            SELECT coalesce(d.runner, a.runner), coalesce(d.jobs, 0), a.last_started_at FROM
                (SELECT runner, sum(jobs)::bigint AS jobs FROM rollup_day_runner WHERE instance = $1 AND day BETWEEN $2 AND $3 GROUP BY runner) d
            FULL JOIN (SELECT runner, last_started_at FROM runner_activity WHERE instance = $1) a ON a.runner = d.runner
            """,
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(DateOnly.FromDateTime(window.From.UtcDateTime));
                values.AddWithValue(DateOnly.FromDateTime(window.To.UtcDateTime.AddTicks(-1)));
            },
            row => (Runner: new RunnerId(instance, row.GetInt64(0)), Use: new RunnerUse(row.GetInt64(1), row.GetOrNull<DateTimeOffset>(2))), cancel))
            .ToDictionary(row => row.Runner, row => row.Use);
    }
}
