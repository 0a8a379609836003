using System.Collections.Concurrent;
using System.Globalization;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>
/// One partition for each range of ids that jobs really fall into, made when the first such job comes. Ranges of a fixed
/// span need no cutting of a live partition, and history that is read newest first finds its place as well.
/// </summary>
internal sealed class JobPartitions
{
    // With how many were dropped before: another replica may drop what this one remembers.
    private readonly ConcurrentDictionary<(short Instance, long From), int> _there = new();

    /// <summary>Outside of a transaction: attaching locks the parent, if only against other attaching.</summary>
    /// <param name="drops">How many partitions of the instance were dropped so far.</param>
    public async Task EnsureAsync(NpgsqlConnection connection, short instance, IList<long> numbers, int drops, CancellationToken cancel)
    {
        var span = (await connection.QueryAsync(
            "SELECT partition_span FROM instances WHERE number = $1", values => values.AddWithValue(instance), row => row.GetInt64(0), cancel)).Single();
        foreach (var from in numbers.Select(number => number / span * span).Distinct())
        {
            if (_there.TryGetValue((instance, from), out var then) && then == drops) continue;
            await MakeAsync(connection, instance, from, from + span, cancel);
            _there[(instance, from)] = drops;
        }
    }

    // CREATE ... PARTITION OF would lock out every reader; LIKE and ATTACH do not.
    private static Task<int> MakeAsync(NpgsqlConnection connection, short instance, long from, long to, CancellationToken cancel)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"jobs_{instance}_{from}");
        return connection.ExecuteAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                DO $$ BEGIN
                    IF to_regclass('{name}') IS NULL THEN
                        CREATE TABLE {name} (LIKE jobs INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
                        ALTER TABLE jobs ATTACH PARTITION {name} FOR VALUES FROM ({instance}, {from}) TO ({instance}, {to});
                    END IF;
                END $$
                """),
            _ => { },
            cancel);
    }
}
