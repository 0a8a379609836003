using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Jobs;

internal sealed class RunnerUses(Database database, InstanceNumbers instances, IInstanceStore marks) : IRunnerUse
{
    public async Task<FleetUse> ReadAsync(InstanceId instance, TimeWindow window, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        var since = HistoryMark.CompleteSince(await HistoryMark.ReadAsync(marks, instance, cancel), window);
        var days = await WatchedDays.InAsync(database, instance, window, since, cancel);
        return new FleetUse(window, since, (await database.QueryAsync(
            """
            SELECT coalesce(d.runner, a.runner), coalesce(d.jobs, 0), coalesce(d.whole, 0), a.last_started_at FROM
                (SELECT runner, sum(jobs)::bigint AS jobs, coalesce(sum(jobs) FILTER (WHERE day >= $4), 0)::bigint AS whole FROM rollup_day_runner WHERE instance = $1 AND day BETWEEN $2 AND $3 GROUP BY runner) d
            FULL JOIN (SELECT runner, last_started_at FROM runner_activity WHERE instance = $1) a ON a.runner = d.runner
            """,
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(DateOnly.FromDateTime(window.From.UtcDateTime));
                values.AddWithValue(DateOnly.FromDateTime(window.To.UtcDateTime.AddTicks(-1)));
                values.AddWithValue(days.From);
            },
            row => (Runner: new RunnerId(instance, row.GetInt64(0)), Use: new RunnerUse(row.GetInt64(1), days.PerDay(row.GetInt64(2), row.GetInt64(1), window), row.GetOrNull<DateTimeOffset>(3))), cancel))
            .ToDictionary(row => row.Runner, row => row.Use));
    }
}
