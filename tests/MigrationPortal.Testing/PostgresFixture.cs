using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Npgsql;
using Xunit;

namespace MigrationPortal.Testing;

/// <summary>
/// Real PostgreSQL for one test assembly (<c>[assembly: AssemblyFixture(typeof(PostgresFixture))]</c>): the cluster that
/// <c>MIGRATIONPORTAL_TEST_POSTGRES</c> names, as test.sh sets it for all assemblies, else a private one.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    public const string Variable = "MIGRATIONPORTAL_TEST_POSTGRES";

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _templates = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> _databases = [];
    private PrivateCluster? _cluster;
    private string _server = "";

    public async ValueTask InitializeAsync()
    {
        var given = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(given))
        {
            _cluster = await PrivateCluster.StartAsync();
            given = _cluster.ConnectionString;
        }

        _server = given;
    }

    /// <summary>An empty database of the caller's own: one for each test class is the habit.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellation = default)
    {
        var name = NewName("test");
        await ExecuteAsync($"CREATE DATABASE {name}", cancellation);
        return Into(name);
    }

    /// <summary>
    /// A copy of a database that <paramref name="prepare"/> filled once for the whole assembly, for instance by applying
    /// the migrations: copying costs some ten milliseconds where preparing costs seconds.
    /// </summary>
    /// <param name="template">Names the preparation; the same name gets the same copy.</param>
    /// <param name="prepare">Gets the template's connection string, without pooling: a copy needs it unconnected.</param>
    /// <param name="cancellation">Ends the copying, not a preparation that other callers wait for too.</param>
    /// <returns>The copy's connection string.</returns>
    public async Task<string> CreateDatabaseAsync(
        string template, Func<string, Task> prepare, CancellationToken cancellation = default)
    {
        var source = await _templates.GetOrAdd(template, _ => new Lazy<Task<string>>(() => PrepareAsync(prepare))).Value;
        var name = NewName("test");
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {source}", cancellation);
        return Into(name);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
            return;
        }

        foreach (var name in _databases)
        {
            await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", CancellationToken.None);
        }
    }

    private async Task<string> PrepareAsync(Func<string, Task> prepare)
    {
        var name = NewName("template");
        await ExecuteAsync($"CREATE DATABASE {name}", CancellationToken.None);
        await prepare(new NpgsqlConnectionStringBuilder(_server) { Database = name, Pooling = false }.ConnectionString);
        return name;
    }

    private string NewName(string kind)
    {
        var name = $"{kind}_{Guid.NewGuid():N}";
        _databases.Add(name);
        return name;
    }

    // A small pool, gone soon: many databases share one server's connections.
    private string Into(string database) => new NpgsqlConnectionStringBuilder(_server)
    {
        Database = database,
        MaxPoolSize = 20,
        ConnectionIdleLifetime = 10,
        IncludeErrorDetail = true,
    }.ConnectionString;

    [SuppressMessage("Security", "CA2100", Justification = "Names are made above; utility statements take no parameters.")]
    private async Task ExecuteAsync(string statement, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_server) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
