using Npgsql;

namespace MigrationPortal.Bench;

/// <summary>Empty databases in the cluster that bench.sh started: durable, as an operator's would be.</summary>
public sealed class BenchDatabases(string server)
{
    public const string Variable = "MIGRATIONPORTAL_BENCH_POSTGRES";

    private int _made;

    public async Task<string> VersionAsync(CancellationToken cancellation)
    {
        await using var connection = await OpenServerAsync(cancellation);
        return connection.PostgreSqlVersion.ToString();
    }

    /// <summary>Only while a benchmark prepares: one asks after the other.</summary>
    public async Task<NpgsqlDataSource> CreateAsync(CancellationToken cancellation) => NpgsqlDataSource.Create(await CreateNamedAsync(cancellation));

    /// <summary>The connection string of a new database, password included: for a whole portal.</summary>
    public async Task<string> CreateNamedAsync(CancellationToken cancellation)
    {
        var name = $"bench_{++_made}";
        await using var connection = await OpenServerAsync(cancellation);
        await using var create = connection.CreateCommand();
        create.CommandText = "CREATE DATABASE " + name;
        await create.ExecuteNonQueryAsync(cancellation);
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    /// <summary>With the password, which a data source does not show: for a process of its own.</summary>
    public string WholeAddressOf(NpgsqlDataSource source) =>
        new NpgsqlConnectionStringBuilder(server) { Database = new NpgsqlConnectionStringBuilder(source.ConnectionString).Database }.ConnectionString;

    private async Task<NpgsqlConnection> OpenServerAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(server) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        return connection;
    }
}
