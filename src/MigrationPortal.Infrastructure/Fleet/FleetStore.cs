using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.Fleet;

internal sealed class FleetStore(Database database, InstanceNumbers instances) : IFleetStore
{
    public Task<FleetSnapshot?> LatestAsync(InstanceId instance, CancellationToken cancel) =>
        database.InTransactionAsync(connection => JoinedAsync(connection, instance, cancel), cancel);

    public async Task<FleetSnapshot> StoreAsync(
        InstanceId instance, DateTimeOffset takenAt, IReadOnlyList<ObservedRunner> runners, CancellationToken cancel)
    {
        await instances.NumberAsync(instance, cancel);
        return await database.InTransactionAsync(
            async connection =>
            {
                await connection.LockAsync($"fleet:{instance}", cancel);
                // Two replicas may sweep at once: the snapshot that GitLab gave earlier must not undo the later one. GitLab's time
                // may come in whole seconds, so of two from the same one the later to arrive counts.
                var newest = await TakenAtAsync(connection, instance, cancel);
                if (newest is null || newest <= takenAt) await ReplaceAsync(connection, instance, takenAt.ToUniversalTime(), runners, newest is null, cancel);
                return (await JoinedAsync(connection, instance, cancel))!;
            },
            cancel);
    }

    public async Task SetStandingAsync(RunnerId runner, RunnerStanding standing, CancellationToken cancel) =>
        await database.InTransactionAsync(
            async connection =>
            {
                var written = await connection.ExecuteAsync(
                    """
                    INSERT INTO runner_standings (instance, number, role, role_confirmed, managed) VALUES ($1, $2, $3, $4, $5)
                    ON CONFLICT (instance, number) DO UPDATE
                    SET role = excluded.role, role_confirmed = excluded.role_confirmed, managed = excluded.managed
                    """,
                    values =>
                    {
                        values.AddWithValue(runner.Instance.Name);
                        values.AddWithValue(runner.Number);
                        values.Add(new NpgsqlParameter { Value = (object?)standing.Role?.ToString() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
                        values.AddWithValue(standing.RoleConfirmed);
                        values.AddWithValue(standing.Managed);
                    },
                    cancel);
                await connection.NotifyAsync(new PortalEvent(PortalTopic.Fleet, runner.Instance, runner.Number), cancel);
                return written;
            },
            cancel);

    public Task SaveBaselinesAsync(InstanceId instance, IReadOnlyDictionary<RunnerId, RunnerAttributes> baselines, CancellationToken cancel) => database.ExecuteAsync(
        """
        UPDATE runner_standings s SET baseline = given.baseline::jsonb
        FROM unnest($2, $3) AS given (number, baseline) WHERE s.instance = $1 AND s.number = given.number
        """,
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(baselines.Keys.Select(id => id.Number).ToArray());
            values.AddWithValue(baselines.Values.Select(StoreJson.Write).ToArray());
        },
        cancel);

    private static async Task ReplaceAsync(
        NpgsqlConnection connection, InstanceId instance, DateTimeOffset takenAt, IReadOnlyList<ObservedRunner> runners, bool first, CancellationToken cancel)
    {
        var stored = (await connection.QueryAsync(
            "SELECT observed, gone_at IS NOT NULL FROM runners WHERE instance = $1",
            values => values.AddWithValue(instance.Name),
            row => (Runner: StoreJson.Read<ObservedRunner>(row.GetString(0)), Gone: row.GetBoolean(1)),
            cancel)).ToDictionary(row => row.Runner.Id, row => row);
        var now = runners.DistinctBy(runner => runner.Id).ToDictionary(runner => runner.Id);

        // The first snapshot is where the history begins, not a change.
        var changes = first ? [] : RunnerDiff.Between(stored.Where(row => !row.Value.Gone).ToDictionary(row => row.Key, row => row.Value.Runner), now);
        await connection.ExecuteAsync(
            """
            INSERT INTO runners AS old (instance, number, observed, first_seen_at)
            SELECT $1, number, observed::jsonb, $2 FROM unnest($3, $4) AS seen (number, observed)
            ON CONFLICT (instance, number) DO UPDATE SET observed = excluded.observed, gone_at = NULL
            """,
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(takenAt);
                values.AddWithValue(now.Keys.Select(id => id.Number).ToArray());
                values.AddWithValue(now.Values.Select(StoreJson.Write).ToArray());
            },
            cancel);
        await connection.ExecuteAsync(
            "UPDATE runners SET gone_at = $2 WHERE instance = $1 AND gone_at IS NULL AND number <> ALL ($3)",
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(takenAt);
                values.AddWithValue(now.Keys.Select(id => id.Number).ToArray());
            },
            cancel);
        await FleetSql.StampManagersAsync(connection, instance, takenAt, now.Values, cancel);
        await FleetSql.AddChangesAsync(connection, instance, takenAt, changes, cancel);
        await connection.ExecuteAsync(
            "UPDATE instances SET fleet_taken_at = $2 WHERE name = $1",
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(takenAt);
            },
            cancel);
        await connection.NotifyAsync(new PortalEvent(PortalTopic.Fleet, instance, null), cancel);
    }

    private static async Task<DateTimeOffset?> TakenAtAsync(NpgsqlConnection connection, InstanceId instance, CancellationToken cancel) =>
        (await connection.QueryAsync(
            "SELECT fleet_taken_at FROM instances WHERE name = $1",
            values => values.AddWithValue(instance.Name),
            row => row.GetOrNull<DateTimeOffset>(0),
            cancel)).FirstOrDefault();

    private static async Task<FleetSnapshot?> JoinedAsync(NpgsqlConnection connection, InstanceId instance, CancellationToken cancel)
    {
        if (await TakenAtAsync(connection, instance, cancel) is not { } takenAt) return null;
        var runners = await connection.QueryAsync(
            """
            SELECT r.observed, s.role, coalesce(s.role_confirmed, false), coalesce(s.managed, false), s.baseline
            FROM runners r LEFT JOIN runner_standings s USING (instance, number)
            WHERE r.instance = $1 AND r.gone_at IS NULL ORDER BY number
            """,
            values => values.AddWithValue(instance.Name),
            row => new FleetRunner(
                StoreJson.Read<ObservedRunner>(row.GetString(0)),
                new RunnerStanding(row.GetTextOrNull(1) is { } role ? Enum.Parse<RunnerRole>(role) : null, row.GetBoolean(2), row.GetBoolean(3)),
                row.GetTextOrNull(4) is { } baseline ? StoreJson.Read<RunnerAttributes>(baseline) : null),
            cancel);
        return new FleetSnapshot(instance, takenAt, runners);
    }
}
