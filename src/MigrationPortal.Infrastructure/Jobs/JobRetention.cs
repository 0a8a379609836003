using System.Globalization;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>Drops the partitions of raw jobs in which nothing happened since a day; rollups stay.</summary>
internal sealed class JobRetention(Database database, InstanceNumbers instances)
{
    /// <returns>How many partitions were dropped.</returns>
    public async Task<int> DropAsync(InstanceId instance, DateTimeOffset before, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        var dropped = 0;
        foreach (var partition in await PartitionsAsync(number, cancel))
        {
            if (!await IsOldAsync(partition.Name, before, cancel)) continue;
            // As a recorder: then nobody puts a job into the partition that goes.
            dropped += await database.LockedAsync($"jobs:{instance}", connection => DropAsync(connection, number, partition, before, cancel), cancel);
        }

        return dropped;
    }

    private async Task<List<(string Name, long To)>> PartitionsAsync(short instance, CancellationToken cancel) => [.. (await database.QueryAsync(
            "SELECT c.relname, pg_get_expr(c.relpartbound, c.oid) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'jobs'::regclass",
            _ => { }, row => (Name: row.GetString(0), Bound: row.GetString(1)), cancel))
        .Where(one => one.Name.StartsWith($"jobs_{instance}_", StringComparison.Ordinal))
        .Select(one => (one.Name, To: Upper(one.Bound)))
        .OrderBy(one => one.To)];

    // FOR VALUES FROM ('1', '0') TO ('1', '4194304')
    private static long Upper(string bound) =>
        long.Parse(bound[(bound.LastIndexOf(", '", StringComparison.Ordinal) + 3)..bound.LastIndexOf('\'')], CultureInfo.InvariantCulture);

    private async Task<bool> IsOldAsync(string partition, DateTimeOffset before, CancellationToken cancel) =>
        (await database.QueryAsync(IsOld(partition), values => values.AddWithValue(before.ToUniversalTime()), row => row.GetBoolean(0), cancel)).Single();

    private static string IsOld(string partition) =>
        $"SELECT NOT EXISTS (SELECT FROM {partition} WHERE finished_at >= $1 OR created_at >= $1 OR (status < 10 AND coalesce(started_at, queued_at) >= $1))";

    private static async Task<int> DropAsync(NpgsqlConnection connection, short instance, (string Name, long To) partition, DateTimeOffset before, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // Dropping waits for everybody who reads jobs, and everybody else would wait behind it: rather next hour.
        await connection.ExecuteAsync("SET LOCAL lock_timeout = '2s'", _ => { }, cancel);
        if (!(await connection.QueryAsync(IsOld(partition.Name), values => values.AddWithValue(before.ToUniversalTime()), row => row.GetBoolean(0), cancel)).Single()) return 0;
        await connection.ExecuteAsync(
            """
            INSERT INTO jobs_kept AS old (instance, lowest, since, drops) VALUES ($1, $2, $3, 1)
            ON CONFLICT (instance) DO UPDATE SET lowest = greatest(old.lowest, $2), since = greatest(old.since, $3), drops = old.drops + 1
            """,
            values =>
            {
                values.AddWithValue(instance);
                values.AddWithValue(partition.To);
                values.AddWithValue(before.ToUniversalTime());
            },
            cancel);
        try
        {
            await connection.ExecuteAsync($"DROP TABLE {partition.Name}", _ => { }, cancel);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return 0;
        }

        await transaction.CommitAsync(cancel);
        return 1;
    }
}
