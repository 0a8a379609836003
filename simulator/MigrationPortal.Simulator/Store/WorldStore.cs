using System.Text.Json;
using MigrationPortal.World;
using Npgsql;

namespace MigrationPortal.Simulator;

/// <summary>Opens the simulator's database, made if missing, and brings the stored worlds back by replay.</summary>
internal static class WorldStore
{
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS world (instance text PRIMARY KEY, options json NOT NULL);
        CREATE TABLE IF NOT EXISTS clock (one boolean PRIMARY KEY DEFAULT true CHECK (one), now timestamptz NOT NULL);
        CREATE TABLE IF NOT EXISTS input (
          instance text NOT NULL, number integer NOT NULL, at timestamptz NOT NULL, body json NOT NULL,
          PRIMARY KEY (instance, number));
        CREATE TABLE IF NOT EXISTS token (hash text PRIMARY KEY, body jsonb NOT NULL);
        CREATE TABLE IF NOT EXISTS kept (name text PRIMARY KEY, value text NOT NULL);
        """;

    public static async Task<NpgsqlDataSource> OpenAsync(string connectionString, bool fresh, CancellationToken cancellation)
    {
        await CreateDatabaseAsync(connectionString, cancellation);
        var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(
            Tables + (fresh ? "TRUNCATE world, clock, input, token, kept;" : ""));
        await command.ExecuteNonQueryAsync(cancellation);
        return source;
    }

    /// <summary>The stored world, or a new one of these options, which is then stored.</summary>
    public static async Task<GitLabWorld> LoadAsync(
        NpgsqlDataSource? database, string instance, WorldOptions options, CancellationToken cancellation)
    {
        if (database is null)
        {
            return new GitLabWorld(options);
        }

        if (await ReadOptionsAsync(database, instance, cancellation) is not { } stored)
        {
            var world = new GitLabWorld(options);
            await WriteAsync(database, instance, options, cancellation);
            return world;
        }

        await using var clock = database.CreateCommand("SELECT now FROM clock");
        var now = new DateTimeOffset((DateTime)(await clock.ExecuteScalarAsync(cancellation))!);
        return GitLabWorld.Replay(stored, await ReadInputsAsync(database, instance, cancellation), now);
    }

    private static async Task WriteAsync(
        NpgsqlDataSource database, string instance, WorldOptions options, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new("INSERT INTO world (instance, options) VALUES ($1, $2::json)")
        {
            Parameters = { new() { Value = instance }, new() { Value = JsonSerializer.Serialize(options) } },
        });
        batch.BatchCommands.Add(new("INSERT INTO clock (now) VALUES ($1) ON CONFLICT (one) DO NOTHING")
        {
            Parameters = { new() { Value = options.Now.ToUniversalTime() } },
        });
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<WorldOptions?> ReadOptionsAsync(
        NpgsqlDataSource database, string instance, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT options::text FROM world WHERE instance = $1");
        command.Parameters.Add(new() { Value = instance });
        return await command.ExecuteScalarAsync(cancellation) is string json ? JsonSerializer.Deserialize<WorldOptions>(json) : null;
    }

    private static async Task<IReadOnlyList<RecordedInput>> ReadInputsAsync(
        NpgsqlDataSource database, string instance, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT at, body::text FROM input WHERE instance = $1 ORDER BY number");
        command.Parameters.Add(new() { Value = instance });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var inputs = new List<RecordedInput>();
        while (await reader.ReadAsync(cancellation))
        {
            var input = JsonSerializer.Deserialize<WorldInput>(reader.GetString(1))!;
            inputs.Add(new RecordedInput(new DateTimeOffset(reader.GetDateTime(0)), input));
        }

        return inputs;
    }

    private static async Task CreateDatabaseAsync(string connectionString, CancellationToken cancellation)
    {
        var wanted = new NpgsqlConnectionStringBuilder(connectionString);
        var name = wanted.Database ?? throw new InvalidOperationException("ConnectionStrings:Simulator names no database.");
        wanted.Database = "postgres";
        wanted.Pooling = false;
        await using var connection = new NpgsqlConnection(wanted.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection);
        exists.Parameters.Add(new() { Value = name });
        if (await exists.ExecuteScalarAsync(cancellation) is null)
        {
            await using var create = connection.CreateCommand();
            create.CommandText = new NpgsqlCommandBuilder().QuoteIdentifier(name) is var quoted ? $"CREATE DATABASE {quoted}" : "";
            await create.ExecuteNonQueryAsync(cancellation);
        }
    }
}
