using System.Text.Json;
using MigrationPortal.World;
using Npgsql;

namespace MigrationPortal.Simulator;

/// <summary>What must outlive the process: options, accepted inputs, how far time may have gone, tokens and keys. The
/// world itself is not stored; it is replayed. Without a database it keeps nothing.</summary>
internal sealed class Journal(NpgsqlDataSource? database) : IDisposable
{
    private readonly Dictionary<Instance, int> stored = [];
    private readonly SemaphoreSlim writer = new(1, 1);
    private DateTimeOffset promised = DateTimeOffset.MinValue;

    public bool InMemory => database is null;

    public void Watch(Instance instance) => stored[instance] = instance.World.InputLog.Count;

    /// <summary>Writes the inputs accepted since the last flush. An answer leaves only after its input is kept.</summary>
    public async Task FlushAsync(Instance instance)
    {
        if (database is null)
        {
            return;
        }

        await writer.WaitAsync();
        try
        {
            var from = stored[instance];
            var fresh = instance.Do(w => w.InputLog.Skip(from).ToArray());
            await using var connection = await database.OpenConnectionAsync();
            await using var batch = new NpgsqlBatch(connection);
            for (var i = 0; i < fresh.Length; i++)
            {
                batch.BatchCommands.Add(Insert(instance, from + i, fresh[i]));
            }

            if (fresh.Length > 0)
            {
                await batch.ExecuteNonQueryAsync();
            }

            stored[instance] = from + fresh.Length;
        }
        finally
        {
            writer.Release();
        }
    }

    /// <summary>Before time goes to <paramref name="target"/>: a restart will not begin earlier than what was promised, so
    /// nobody sees time go back.</summary>
    public async Task PromiseAsync(DateTimeOffset target, TimeSpan ahead, CancellationToken cancellation)
    {
        if (database is not null && target > promised)
        {
            await SetClockAsync(target + ahead, cancellation);
            promised = target + ahead;
        }
    }

    /// <summary>A clean stop: a restart goes on from exactly here.</summary>
    public Task StopAsync(DateTimeOffset now) => database is null ? Task.CompletedTask : SetClockAsync(now, CancellationToken.None);

    public Task SaveTokenAsync(string hash, AccessToken token) => ExecuteAsync(
        "INSERT INTO token (hash, body) VALUES ($1, $2::jsonb) ON CONFLICT (hash) DO UPDATE SET body = excluded.body",
        hash,
        JsonSerializer.Serialize(token));

    public async Task<IReadOnlyList<(string Hash, AccessToken Token)>> LoadTokensAsync(CancellationToken cancellation)
    {
        var tokens = new List<(string, AccessToken)>();
        if (database is null)
        {
            return tokens;
        }

        await using var command = database.CreateCommand("SELECT hash, body::text FROM token");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            tokens.Add((reader.GetString(0), JsonSerializer.Deserialize<AccessToken>(reader.GetString(1))!));
        }

        return tokens;
    }

    public Task SaveAsync(string name, string value) => ExecuteAsync(
        "INSERT INTO kept (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value);

    public async Task<string?> LoadAsync(string name, CancellationToken cancellation)
    {
        if (database is null)
        {
            return null;
        }

        await using var command = database.CreateCommand("SELECT value FROM kept WHERE name = $1");
        command.Parameters.Add(new() { Value = name });
        return (string?)await command.ExecuteScalarAsync(cancellation);
    }

    public void Dispose()
    {
        writer.Dispose();
        database?.Dispose();
    }

    private Task SetClockAsync(DateTimeOffset now, CancellationToken cancellation) =>
        ExecuteAsync("UPDATE clock SET now = $1", cancellation, now.ToUniversalTime());

    private static NpgsqlBatchCommand Insert(Instance instance, int number, RecordedInput input) =>
        new("INSERT INTO input (instance, number, at, body) VALUES ($1, $2, $3, $4::json)")
        {
            Parameters =
            {
                new() { Value = instance.Name },
                new() { Value = number },
                new() { Value = input.At.ToUniversalTime() },
                new() { Value = JsonSerializer.Serialize(input.Input) },
            },
        };

    private Task ExecuteAsync(string sql, params object[] values) => ExecuteAsync(sql, CancellationToken.None, values);

    private async Task ExecuteAsync(string sql, CancellationToken cancellation, params object[] values)
    {
        if (database is null)
        {
            return;
        }

        await using var command = database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellation);
    }
}
