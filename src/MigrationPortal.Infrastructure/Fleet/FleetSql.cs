using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Fleet;

/// <summary>What a snapshot adds to the memory: managers' executors, and changes.</summary>
internal static class FleetSql
{
    /// <summary>An executor is written once; only "unknown" (the manager has not told yet) is replaced.</summary>
    public static Task StampManagersAsync(
        NpgsqlConnection connection, InstanceId instance, DateTimeOffset takenAt, IEnumerable<ObservedRunner> runners, CancellationToken cancel)
    {
        var managers = runners
            .SelectMany(runner => runner.Managers.DistinctBy(manager => manager.SystemId), (runner, manager) => (runner.Id.Number, Manager: manager)).ToList();
        return connection.ExecuteAsync(
            """
            INSERT INTO runner_managers AS old (instance, runner, system_id, executor, version, first_seen_at)
            SELECT $1, runner, system_id, executor, version, $2 FROM unnest($3, $4, $5, $6) AS seen (runner, system_id, executor, version)
            ON CONFLICT (instance, runner, system_id) DO UPDATE
            SET executor = CASE WHEN old.executor = 'unknown' THEN excluded.executor ELSE old.executor END,
                version = coalesce(excluded.version, old.version)
            WHERE (old.executor = 'unknown' AND excluded.executor <> 'unknown') OR old.version IS DISTINCT FROM coalesce(excluded.version, old.version)
            """,
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(takenAt);
                values.AddWithValue(managers.Select(one => one.Number).ToArray());
                values.AddWithValue(managers.Select(one => one.Manager.SystemId).ToArray());
                values.AddWithValue(managers.Select(one => one.Manager.Executor.ToString()).ToArray());
                values.AddWithValue(managers.Select(one => one.Manager.Version).ToArray());
            },
            cancel);
    }

    public static Task AddChangesAsync(
        NpgsqlConnection connection, InstanceId instance, DateTimeOffset seenAt, IReadOnlyList<RunnerDifference> changes, CancellationToken cancel) =>
        changes.Count == 0 ? Task.CompletedTask : connection.ExecuteAsync(
            """
            INSERT INTO runner_changes (instance, runner, seen_at, attribute, before, after)
            SELECT $1, runner, $2, attribute, before, after FROM unnest($3, $4, $5, $6) AS seen (runner, attribute, before, after)
            """,
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(seenAt);
                values.AddWithValue(changes.Select(one => one.Runner).ToArray());
                values.AddWithValue(changes.Select(one => one.Attribute).ToArray());
                values.AddWithValue(changes.Select(one => one.Before).ToArray());
                values.AddWithValue(changes.Select(one => one.After).ToArray());
            },
            cancel);
}
