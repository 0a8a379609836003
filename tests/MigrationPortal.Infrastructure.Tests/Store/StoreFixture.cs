using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using MigrationPortal.Testing;
using Npgsql;

namespace MigrationPortal.Infrastructure.Tests.Store;

/// <summary>A migrated database of the test's own, behind the services as the portal has them.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    public static readonly InstanceId Production = new("production");
    public static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services;

    /// <param name="connectionString">Of a database that need not be migrated yet.</param>
    public StoreFixture(string connectionString)
    {
        ConnectionString = connectionString;
        _services = Services(connectionString);
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource Source => _services.GetRequiredService<NpgsqlDataSource>();

    public static async Task<StoreFixture> OpenAsync(PostgresFixture postgres) =>
        new(await postgres.CreateDatabaseAsync("portal", MigrateAsync));

    /// <summary>A second portal process on the same database.</summary>
    public ServiceProvider Replica() => Services(ConnectionString);

    public IServiceProvider Provider => _services;

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task MigrateAsync(string connectionString)
    {
        await using var services = Services(connectionString);
        await services.GetRequiredService<StoreMigrator>().MigrateAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static ServiceProvider Services(string connectionString) => new ServiceCollection()
        .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .AddPortalStore(connectionString)
        .BuildServiceProvider();
}
