using System.Globalization;
using System.Security.Cryptography;
using MigrationPortal.Testing;
using Npgsql;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>
/// A simulated GitLab and a portal beside it, both as real processes over real PostgreSQL. The world's clock stands still
/// and moves only by <see cref="SimulatorControl.AdvanceAsync"/>. One for each story class (<c>IClassFixture</c>).
/// </summary>
public class World : IAsyncLifetime
{
    private readonly PostgresFixture _postgres;
    private readonly string _clientSecret = Secret("");
    private readonly (string Read, string Write) _qa = (Secret("glpat-"), Secret("glpat-"));
    private ServerProcess? _simulator;
    private ServerProcess? _portal;
    private DatabaseLink? _link;
    private string _portalDatabase = "";

    public World(PostgresFixture postgres) => _postgres = postgres;

    /// <summary>The portal's API token with all scopes.</summary>
    public string PortalToken { get; } = Secret("mp_");

    /// <summary>The simulator's administrator, scope <c>api</c>.</summary>
    public string AdminToken { get; } = Secret("glpat-");

    /// <summary>The same administrator, scope <c>read_api</c>.</summary>
    public string ReadToken { get; } = Secret("glpat-");

    /// <summary>QA's administrator, scope <c>read_api</c>.</summary>
    public string QaReadToken => _qa.Read;

    public ServerProcess Portal => _portal ?? throw new InvalidOperationException("The world has not started.");

    public ServerProcess Simulator => _simulator ?? throw new InvalidOperationException("The world has not started.");

    /// <summary>The portal's way to its database: cut and mended by stories.</summary>
    public DatabaseLink Link => _link ?? throw new InvalidOperationException("The world has not started.");

    /// <summary>The simulator's clock, faults and truth.</summary>
    public SimulatorControl Control { get; private set; } = null!;

    /// <summary>The portal's REST API, as an administrator's automation uses it.</summary>
    public PortalApi Api { get; private set; } = null!;

    /// <summary>Monitoring's. Stories step through days in seconds; the politeness of a real instance's budget has tests of its own.</summary>
    protected virtual double RequestsPerSecond => 500;

    /// <summary>How far back the portal reads.</summary>
    protected virtual int HistoryDays => 35;

    /// <summary>Besides those that every world has.</summary>
    protected virtual IReadOnlyDictionary<string, string> SimulatorSettings { get; } = new Dictionary<string, string>();

    /// <summary>Besides its two instances.</summary>
    protected virtual IReadOnlyDictionary<string, string> PortalSettings { get; } = new Dictionary<string, string>();

    public async ValueTask InitializeAsync()
    {
        var simulator = ServerProcess.FreeAddress();
        var portal = ServerProcess.FreeAddress();

        _simulator = new ServerProcess("simulator", "MigrationPortal.Simulator.dll", simulator, new Dictionary<string, string>(SimulatorSettings)
        {
            ["ConnectionStrings__Simulator"] = await _postgres.CreateDatabaseAsync(),
            ["Simulator__AdminToken"] = AdminToken,
            ["Simulator__ReadToken"] = ReadToken,
            ["Simulator__QaAdminToken"] = _qa.Write,
            ["Simulator__QaReadToken"] = _qa.Read,
            ["Simulator__OAuth__ClientId"] = "migrationportal",
            ["Simulator__OAuth__ClientSecret"] = _clientSecret,
        }, "--urls", simulator.ToString(), "--small", "--start", "2026-11-23T09:00:00Z", "--speed", "0", "--Logging:LogLevel:Microsoft.AspNetCore=Warning");
        await _simulator.StartAsync();
        Control = new SimulatorControl(simulator);

        _portal = new ServerProcess("portal", "MigrationPortal.Web.dll", portal, await PortalSettingsAsync(simulator, portal));
        await _portal.StartAsync();
        Api = new PortalApi(portal, PortalToken);
    }

    /// <summary>
    /// Kills the portal (-9) and lets the leases that it held run out, as some seconds would; the next start needs not wait for that.
    /// </summary>
    public async Task KillPortalAsync()
    {
        await Portal.KillAsync();
        await SqlAsync("UPDATE leases SET expires_at = now()");
    }

    /// <summary>Killed as by <see cref="KillPortalAsync"/>, and started again at once.</summary>
    public async Task RestartKilledPortalAsync(CancellationToken cancellation)
    {
        await KillPortalAsync();
        await Portal.StartAsync(cancellation);
    }

    /// <summary>What somebody does in the portal's database, past the portal.</summary>
    public async Task SqlAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(_portalDatabase);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The stories' own statements.
        await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What stands in the portal's database, read past the portal: texts, empty for null.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> RowsAsync(string query) => await QueryAsync<IReadOnlyList<string>>(
        query, row => [.. Enumerable.Range(0, row.FieldCount).Select(column => row.IsDBNull(column) ? "" : row.GetString(column))]);

    /// <summary>The same, each row read as its reader says.</summary>
    public async Task<List<T>> QueryAsync<T>(string query, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = new NpgsqlConnection(_portalDatabase);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The stories' own queries.
        await using var command = new NpgsqlCommand(query, connection);
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<T>();
        while (await rows.ReadAsync()) found.Add(read(rows));
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Api?.Dispose();
        Control?.Dispose();
        if (_portal is not null)
        {
            await _portal.DisposeAsync();
        }

        _link?.Dispose();
        if (_simulator is not null)
        {
            await _simulator.DisposeAsync();
        }
    }

    private async Task<Dictionary<string, string>> PortalSettingsAsync(Uri simulator, Uri portal)
    {
        _portalDatabase = await _postgres.CreateDatabaseAsync();
        _link = new DatabaseLink(_portalDatabase);
        var settings = new Dictionary<string, string>(PortalSettings)
        {
            ["ConnectionStrings__Portal"] = _link.ConnectionString,
            ["Portal__SignIn__ClientId"] = "migrationportal",
            ["Portal__SignIn__ClientSecret"] = _clientSecret,
            ["Portal__BootstrapToken"] = PortalToken,
            ["ASPNETCORE_URLS"] = portal.ToString(),
        };
        AddInstance(settings, 0, "production", "Production", simulator, simulator, (ReadToken, AdminToken));
        AddInstance(settings, 1, "qa", "Qa", new Uri(simulator, "qa"), simulator, _qa);
        return settings;
    }

    private void AddInstance(Dictionary<string, string> settings, int number, string name, string kind, Uri address, Uri simulator, (string Read, string Write) tokens)
    {
        var prefix = $"Portal__GitLab__Instances__{number}__";
        settings[prefix + "Name"] = name;
        settings[prefix + "Kind"] = kind;
        settings[prefix + "Url"] = address.ToString();
        settings[prefix + "ReadToken"] = tokens.Read;
        settings[prefix + "WriteToken"] = tokens.Write;
        settings[prefix + "ClockUrl"] = new Uri(simulator, "_sim/clock").ToString();
        settings[prefix + "HistoryDays"] = HistoryDays.ToString(CultureInfo.InvariantCulture);
        settings[prefix + "RequestsPerSecond"] = RequestsPerSecond.ToString(CultureInfo.InvariantCulture);
    }

    private static string Secret(string prefix) =>
        prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(prefix == "glpat-" ? 10 : 20));
}
