using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Jobs;

internal sealed record RememberedManager(Executor Executor, string? Version);

/// <summary>Which manager of which runner had which executor (gitlab-api.md 2.2): what GitLab forgets after a week.</summary>
internal sealed class ManagerMemory(ILookup<long, (string SystemId, RememberedManager Manager)> managers)
{
    private readonly Dictionary<long, RememberedManager?> _common = [];

    public static async Task<ManagerMemory> ReadAsync(
        NpgsqlConnection connection, InstanceId instance, IEnumerable<long> runners, CancellationToken cancel) =>
        new((await connection.QueryAsync(
            "SELECT runner, system_id, executor, version FROM runner_managers WHERE instance = $1 AND runner = ANY ($2)",
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(runners.Distinct().ToArray());
            },
            row => (Runner: row.GetInt64(0), SystemId: row.GetString(1), Manager: new RememberedManager(new Executor(row.GetString(2)), row.GetTextOrNull(3))),
            cancel)).ToLookup(row => row.Runner, row => (row.SystemId, row.Manager)));

    public IEnumerable<string?> Words => managers.SelectMany(runner => runner).SelectMany(one => new[] { one.Manager.Executor.Name, one.Manager.Version });

    /// <summary>
    /// The manager itself; where the source did not name it, what all managers of the runner have in common. A mixed
    /// runner gives null: better not known than guessed.
    /// </summary>
    public RememberedManager? Find(long runner, string? systemId)
    {
        if (systemId is not null)
            foreach (var (id, manager) in managers[runner])
                if (id == systemId) return manager;

        if (!_common.TryGetValue(runner, out var common)) _common[runner] = common = Common(managers[runner]);
        return common;
    }

    private static RememberedManager? Common(IEnumerable<(string SystemId, RememberedManager Manager)> all)
    {
        var known = all.Select(one => one.Manager).Where(one => one.Executor != Executor.Unknown).ToList();
        if (known.Count == 0 || known.Exists(one => one.Executor.Family != known[0].Executor.Family)) return null;
        return new RememberedManager(
            known.MaxBy(one => one.Executor.Name, StringComparer.Ordinal)!.Executor,
            known.TrueForAll(one => one.Version == known[0].Version) ? known[0].Version : null);
    }
}
