using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Bench;

/// <summary>The portal's store, migrated, with the fleet of <see cref="BenchJobs"/>, as the portal itself sets it up.</summary>
internal static class BenchStore
{
    public static readonly InstanceId Instance = new("production");

    public static async Task<(IServiceProvider Services, NpgsqlDataSource Source)> OpenAsync(BenchDatabases databases, CancellationToken cancellation)
    {
        var (services, source, _) = await OpenNamedAsync(databases, cancellation);
        return (services, source);
    }

    /// <returns>Also the connection string, for a whole portal on the same database.</returns>
    public static async Task<(IServiceProvider Services, NpgsqlDataSource Source, string Connection)> OpenNamedAsync(BenchDatabases databases, CancellationToken cancellation)
    {
        var connection = await databases.CreateNamedAsync(cancellation);
        var source = NpgsqlDataSource.Create(connection);
        var services = new ServiceCollection().AddLogging().AddPortalStore(_ => source).BuildServiceProvider();
        await services.GetRequiredService<StoreMigrator>().MigrateAsync(cancellation);
        await services.GetRequiredService<IFleetStore>().StoreAsync(Instance, BenchJobs.Start, BenchJobs.Fleet(Instance), cancellation);
        return (services, source, connection);
    }
}
