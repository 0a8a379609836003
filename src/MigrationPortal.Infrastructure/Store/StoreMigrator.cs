using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace MigrationPortal.Infrastructure.Store;

/// <summary>Brings the schema up to date at start. Replicas may start together: one migrates, the others wait for it.</summary>
public sealed partial class StoreMigrator
{
    private const string MigrationLock = "migrations";

    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly NpgsqlDataSource _source;
    private readonly ILogger<StoreMigrator> _log;

    internal StoreMigrator(IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource source, ILogger<StoreMigrator> log)
    {
        _contexts = contexts;
        _source = source;
        _log = log;
    }

    public async Task MigrateAsync(CancellationToken cancel)
    {
        await using var connection = await _source.OpenConnectionAsync(cancel);
        await connection.WaitForLockAsync(MigrationLock, cancel);
        try
        {
            await using var context = await _contexts.CreateDbContextAsync(cancel);
            var pending = (await context.Database.GetPendingMigrationsAsync(cancel)).ToList();
            if (pending.Count == 0) return;
            await context.Database.MigrateAsync(cancel);
            Migrated(_log, pending.Count, pending[^1]);
        }
        finally
        {
            await connection.UnlockAsync(MigrationLock);
        }
    }

    /// <returns>False while a migration that this process knows is not applied; older processes run on newer schemas.</returns>
    public async Task<bool> IsCurrentAsync(CancellationToken cancel)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancel);
        return !(await context.Database.GetPendingMigrationsAsync(cancel)).Any();
    }

    [LoggerMessage(2003, LogLevel.Information, "Applied {Count} migrations, the last is {Last}")]
    private static partial void Migrated(ILogger log, int count, string last);
}
