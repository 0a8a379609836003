using MigrationPortal.Testing;
using Npgsql;

namespace MigrationPortal.Infrastructure.Tests.Store;

public sealed class StoreMigratorTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Migrate_ThreeReplicasOnAnEmptyDatabase_EndInOneSchema()
    {
        var connection = await postgres.CreateDatabaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => StoreFixture.MigrateAsync(connection)));

        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("SELECT count(*) FROM schema_migrations");
        ((long)(await command.ExecuteScalarAsync())!).ShouldBeGreaterThanOrEqualTo(2);
    }
}
