using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Fleet;

internal sealed class UnmanagedDays(Database database, InstanceNumbers instances) : IUnmanagedDays
{
    public async Task SaveAsync(InstanceId instance, DateOnly day, IReadOnlyDictionary<string, int> byOwner, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        var rows = byOwner.Count > 0 ? byOwner : new Dictionary<string, int> { [""] = 0 };
        await database.ExecuteAsync(
            """
            WITH gone AS (DELETE FROM unmanaged_days WHERE instance = $1 AND day = $2 AND NOT owner = ANY ($3))
            INSERT INTO unmanaged_days (instance, day, owner, runners) SELECT $1, $2, owner, runners FROM unnest($3, $4) AS now (owner, runners)
            ON CONFLICT (instance, day, owner) DO UPDATE SET runners = excluded.runners
            """,
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(day);
                values.AddWithValue(rows.Keys.ToArray());
                values.AddWithValue(rows.Values.ToArray());
            },
            cancel);
    }

    public async Task<IReadOnlyList<UnmanagedDay>> ReadAsync(InstanceId instance, DateOnly since, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        return [.. (await database.QueryAsync(
            "SELECT day, owner, runners FROM unmanaged_days WHERE instance = $1 AND day >= $2 ORDER BY day, owner",
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(since);
            },
            row => (Day: row.GetFieldValue<DateOnly>(0), Owner: row.GetString(1), Runners: row.GetInt32(2)), cancel))
            .GroupBy(row => row.Day).Select(day => new UnmanagedDay(day.Key, day.Where(row => row.Runners > 0).ToDictionary(row => row.Owner, row => row.Runners)))];
    }
}
