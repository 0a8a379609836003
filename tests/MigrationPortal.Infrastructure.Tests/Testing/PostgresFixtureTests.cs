using MigrationPortal.Testing;
using Npgsql;

namespace MigrationPortal.Infrastructure.Tests.Testing;

public sealed class PostgresFixtureTests(PostgresFixture postgres)
{
    [Fact]
    public async Task CreateDatabase_Twice_GivesDatabasesThatDoNotSeeEachOther()
    {
        var first = await postgres.CreateDatabaseAsync();
        var second = await postgres.CreateDatabaseAsync();

        await ExecuteAsync(first, "CREATE TABLE seen (id int)");

        (await TablesOfAsync(first)).ShouldBe(1);
        (await TablesOfAsync(second)).ShouldBe(0);
    }

    [Fact]
    public async Task CreateDatabase_FromTemplateInParallel_PreparesOnceAndCopies()
    {
        var prepared = 0;
        Task PrepareAsync(string connection)
        {
            Interlocked.Increment(ref prepared);
            return ExecuteAsync(connection, "CREATE TABLE seen (id int)");
        }

        var copies = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => postgres.CreateDatabaseAsync("with-a-table", PrepareAsync)));

        prepared.ShouldBe(1);
        copies.ShouldBeUnique();
        foreach (var copy in copies)
        {
            (await TablesOfAsync(copy)).ShouldBe(1);
        }
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> TablesOfAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
