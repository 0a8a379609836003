using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Domain.Shared;
using Npgsql;

namespace MigrationPortal.Infrastructure.Store;

/// <summary>
/// The door to PostgreSQL: a context for the small tables, a connection for SQL. Work that may safely be done twice is
/// tried again when the connection was lost or PostgreSQL chose it as a deadlock's victim.
/// </summary>
internal sealed class Database(IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource source, TimeProvider time)
{
    private const int Tries = 3;

    // Whoever waits for a name waits here first: many waiters of one process then hold no connection each.
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new();

    // The transaction that the caller's caller began: whatever store is asked meanwhile joins it.
    private readonly AsyncLocal<PortalDbContext?> _together = new();

    /// <summary>Whether what is written now belongs to a transaction that a caller began.</summary>
    public bool IsTogether => _together.Value is not null;

    /// <summary>
    /// What <paramref name="work"/> writes through this door, in whatever store, is one transaction, kept when it says so.
    /// It may run more than once, and must not do two things at the same time.
    /// </summary>
    public async Task<T> TogetherAsync<T>(Func<PortalDbContext, Task<(T Result, bool Keep)>> work, CancellationToken cancel) =>
        _together.Value is { } joined ? (await work(joined)).Result : await RetryAsync(
            async () =>
            {
                await using var context = await contexts.CreateDbContextAsync(cancel);
                await using var transaction = await context.Database.BeginTransactionAsync(cancel);
                _together.Value = context;
                var (result, keep) = await work(context);
                _together.Value = null;
                if (keep) await transaction.CommitAsync(cancel);
                return result;
            },
            cancel);

    public async Task<T> WithContextAsync<T>(Func<PortalDbContext, Task<T>> work, CancellationToken cancel) =>
        _together.Value is { } joined ? await work(joined) : await RetryAsync(
            async () =>
            {
                await using var context = await contexts.CreateDbContextAsync(cancel);
                return await work(context);
            },
            cancel);

    /// <summary>All or nothing. <paramref name="work"/> may run more than once.</summary>
    public async Task<T> InTransactionAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel) =>
        Joined is { } joined ? await work(joined) : await RetryAsync(
            async () =>
            {
                await using var connection = await source.OpenConnectionAsync(cancel);
                await using var transaction = await connection.BeginTransactionAsync(cancel);
                var result = await work(connection);
                await transaction.CommitAsync(cancel);
                return result;
            },
            cancel);

    /// <summary>Reads that need several statements, outside of a transaction.</summary>
    public async Task InConnectionAsync(Func<NpgsqlConnection, Task> work, CancellationToken cancel) =>
        await RetryAsync(
            async () =>
            {
                await using var connection = await source.OpenConnectionAsync(cancel);
                await work(connection);
                return true;
            },
            cancel);

    /// <summary>One holder of the name at a time, over all replicas and over several transactions of one connection.</summary>
    public async Task<T> LockedAsync<T>(string name, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel)
    {
        var gate = _gates.GetOrAdd(name, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancel);
        try
        {
            return await RetryAsync(() => WithLockAsync(name, work, cancel), cancel);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<T> WithLockAsync<T>(string name, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await connection.WaitForLockAsync(name, cancel);
        try
        {
            return await work(connection);
        }
        finally
        {
            // A broken connection has let go already.
            if (connection.FullState.HasFlag(System.Data.ConnectionState.Open))
                await connection.UnlockAsync(name);
        }
    }

    public async Task<List<T>> QueryAsync<T>(
        string sql, Action<NpgsqlParameterCollection> fill, Func<NpgsqlDataReader, T> read, CancellationToken cancel) =>
        Joined is { } joined ? await joined.QueryAsync(sql, fill, read, cancel) : await RetryAsync(
            async () =>
            {
                await using var connection = await source.OpenConnectionAsync(cancel);
                return await connection.QueryAsync(sql, fill, read, cancel);
            },
            cancel);

    /// <summary>As <see cref="QueryAsync"/>, but never within a caller's transaction: what it writes stands whatever becomes of that.</summary>
    public Task<List<T>> QueryAloneAsync<T>(
        string sql, Action<NpgsqlParameterCollection> fill, Func<NpgsqlDataReader, T> read, CancellationToken cancel) => RetryAsync(
        async () =>
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            return await connection.QueryAsync(sql, fill, read, cancel);
        },
        cancel);

    public async Task<int> ExecuteAsync(string sql, Action<NpgsqlParameterCollection> fill, CancellationToken cancel) =>
        Joined is { } joined ? await joined.ExecuteAsync(sql, fill, cancel) : await RetryAsync(
            async () =>
            {
                await using var connection = await source.OpenConnectionAsync(cancel);
                return await connection.ExecuteAsync(sql, fill, cancel);
            },
            cancel);

    private NpgsqlConnection? Joined => (NpgsqlConnection?)_together.Value?.Database.GetDbConnection();

    private async Task<T> RetryAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (Exception fault) when (attempt < Tries && StoreFault.IsTransient(fault))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt * attempt), time, cancel);
            }
        }
    }
}

/// <summary>SQL with parameters on an open connection, in its transaction if it has one.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The texts are constants of this assembly; values are parameters.")]
internal static class SqlExtensions
{
    public static async Task<List<T>> QueryAsync<T>(
        this NpgsqlConnection connection, string sql, Action<NpgsqlParameterCollection> fill, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        fill(command.Parameters);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
        return rows;
    }

    /// <summary>Row by row, for answers that must not be in memory as a whole.</summary>
    public static async Task EachAsync(
        this NpgsqlConnection connection, string sql, Action<NpgsqlParameterCollection> fill, Action<NpgsqlDataReader> each, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        fill(command.Parameters);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) each(reader);
    }

    public static async Task<int> ExecuteAsync(
        this NpgsqlConnection connection, string sql, Action<NpgsqlParameterCollection> fill, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        fill(command.Parameters);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>As <see cref="ExecuteAsync"/> for sweeps whose statement may take minutes.</summary>
    public static async Task<int> ExecuteLongAsync(
        this NpgsqlConnection connection, string sql, Action<NpgsqlParameterCollection> fill, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        fill(command.Parameters);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Until the transaction's end nobody else holds the same name.</summary>
    public static Task<int> LockAsync(this NpgsqlConnection connection, string name, CancellationToken cancel) =>
        connection.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", values => values.AddWithValue(name), cancel);

    /// <summary>
    /// Waits as long as it takes: the holder may be at a big batch, and its death lets go. A holder whose machine or network
    /// died is found by the server within a minute, by the keepalives set here.
    /// </summary>
    public static async Task WaitForLockAsync(this NpgsqlConnection connection, string name, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT set_config('tcp_keepalives_idle', '30', false), set_config('tcp_keepalives_interval', '10', false),
                set_config('tcp_keepalives_count', '3', false), pg_advisory_lock(hashtextextended($1, 0))
            """,
            connection)
        { CommandTimeout = 0 };
        command.Parameters.AddWithValue(name);
        await command.ExecuteNonQueryAsync(cancel);
    }

    public static Task UnlockAsync(this NpgsqlConnection connection, string name) => connection.ExecuteAsync(
        "SELECT pg_advisory_unlock(hashtextextended($1, 0))", values => values.AddWithValue(name), CancellationToken.None);

    public static T? GetOrNull<T>(this NpgsqlDataReader reader, int column) where T : struct =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);

    public static string? GetTextOrNull(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>Tells the pages of all replicas at commit.</summary>
    public static Task NotifyAsync(this PortalDbContext context, PortalEvent happened, CancellationToken cancel) =>
        context.Database.ExecuteSqlAsync($"SELECT pg_notify({PortalEvents.Channel}, {StoreJson.Write(happened)})", cancel);

    public static Task NotifyAsync(this NpgsqlConnection connection, PortalEvent happened, CancellationToken cancel) =>
        connection.ExecuteAsync(
            "SELECT pg_notify($1, $2)",
            values =>
            {
                values.AddWithValue(PortalEvents.Channel);
                values.AddWithValue(StoreJson.Write(happened));
            },
            cancel);
}
