using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Simulator;
using MigrationPortal.Testing;
using MigrationPortal.Web.Hosting;

namespace MigrationPortal.Web.Tests.Hosting;

/// <summary>Classes that speak with the one portal of the assembly; they take turns, because they share its world.</summary>
[CollectionDefinition(Name)]
public sealed class PortalCollection : ICollectionFixture<PortalFixture>
{
    public const string Name = "portal";
}

/// <summary>
/// The real host on real PostgreSQL, beside a simulated GitLab over HTTP whose clock stands still. Production's roles are
/// confirmed, QA's are not.
/// </summary>
public sealed class PortalFixture(PostgresFixture postgres) : IAsyncLifetime
{
    public const string HookSecret = "hook-secret-of-the-tests";

    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<string, Task<string>> _tokens = new(StringComparer.Ordinal);
    private WebApplication? _app;
    private Dictionary<string, string?> _settings = [];

    /// <summary>All scopes.</summary>
    public string Token { get; } = "mp_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    public SimulatorHost GitLab { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    /// <summary>With all scopes.</summary>
    public PortalClient Api { get; private set; } = null!;

    public string ConnectionString => _settings["ConnectionStrings:Portal"]!;

    public IServiceProvider Services => _app!.Services;

    /// <summary>Signed in as <c>jun</c> so early that the next check of their rights is soon due.</summary>
    public Task<PortalBrowser> EarlierSessionAsync { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        GitLab = await SimulatorHost.StartAsync(SimulatorHost.ForTests());
        _settings = await SettingsAsync();
        _app = await StartAsync(_settings);
        Address = AddressOf(_app);
        Api = new PortalClient(Address, Token);

        await UntilAsync(async () => (await Api.GetAsync("/health/ready")).Status == HttpStatusCode.OK);
        EarlierSessionAsync = PortalBrowser.SignedInAsync(Address, "jun");
        await UntilAsync(async () => (await Api.GetAsync("projects?limit=1")).Items.Count > 0
            && (await Api.GetAsync("insights/shares")).Json["points"]!.AsArray().Count > 0
            && (await Api.GetAsync("runners?instance=qa&limit=1")).Items.Count > 0);
        // While the past is still being read, jobs a day change under the tests.
        await UntilAsync(async () => await Services.GetRequiredService<IInstanceStore>().WatermarkAsync(Services.GetRequiredService<InstanceDirectory>().Production.Id, "history", default) is { } mark
            && JsonNode.Parse(mark)!["Complete"]!.GetValue<bool>());
        await UntilAsync(async () => (await Api.GetAsync("insights/stragglers")).Json["points"]!.AsArray().Count > 0);
        (await Api.PostAsync("runners/roles/confirm")).Status.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>A second replica, below a path of its own.</summary>
    public async Task<(WebApplication App, PortalClient Api)> ReplicaAsync(string pathBase)
    {
        var app = await StartAsync(new Dictionary<string, string?>(_settings) { ["Portal:PathBase"] = pathBase });
        return (app, new PortalClient(AddressOf(app), Token));
    }

    /// <summary>As a program whose token has these scopes.</summary>
    public async Task<PortalClient> WithScopesAsync(params string[] scopes) => new(Address, await _tokens.GetOrAdd(string.Join('+', scopes), _ => MintAsync(scopes)));

    public PortalClient Stranger() => new(Address, null);

    /// <summary>Waits for what the sweeps bring; a condition that never holds fails the test with its last answer.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            if (waited.Elapsed > ReadyWithin) throw new TimeoutException($"It did not come within {ReadyWithin}.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (EarlierSessionAsync is not null) (await EarlierSessionAsync).Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        if (GitLab is not null) await GitLab.DisposeAsync();
    }

    private static async Task<WebApplication> StartAsync(Dictionary<string, string?> settings)
    {
        var app = PortalHost.Build(
            ["--applicationName=MigrationPortal.Web", "--environment=Production", $"--contentRoot={AppContext.BaseDirectory}", "--urls=http://127.0.0.1:0"],
            builder => builder.Configuration.AddInMemoryCollection(settings));
        await PortalHost.StartAsync(app);
        return app;
    }

    private static Uri AddressOf(WebApplication app) => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private async Task<string> MintAsync(string[] scopes)
    {
        var made = await Api.PostAsync("tokens", new { name = string.Join('+', scopes), scopes });
        made.Status.ShouldBe(HttpStatusCode.Created, made.Text);
        return made.Json["token"]!.GetValue<string>();
    }

    private async Task<Dictionary<string, string?>> SettingsAsync()
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Portal"] = await postgres.CreateDatabaseAsync(),
            ["Portal:BootstrapToken"] = Token,
            ["Portal:SignIn:ClientId"] = "migration-portal",
            // The shortest allowed.
            ["Portal:SignIn:RecheckAfter"] = "00:00:10",
            ["Serilog:MinimumLevel:Default"] = "Warning",
        };
        foreach (var (number, name, kind, address, read, write) in ((int, string, string, Uri, string, string)[])
            [(0, "production", "Production", GitLab.Address, GitLab.ReadToken, GitLab.AdminToken), (1, "qa", "Qa", GitLab.QaAddress, GitLab.QaReadToken, GitLab.QaAdminToken)])
        {
            var prefix = $"Portal:GitLab:Instances:{number}:";
            settings[prefix + "Name"] = name;
            settings[prefix + "Kind"] = kind;
            settings[prefix + "Url"] = address.ToString();
            settings[prefix + "ReadToken"] = read;
            settings[prefix + "WriteToken"] = write;
            settings[prefix + "WebhookToken"] = HookSecret + name;
            settings[prefix + "ClockUrl"] = new Uri(GitLab.Address, "_sim/clock").ToString();
            settings[prefix + "RequestsPerSecond"] = "500";
            settings[prefix + "Burst"] = "500";
        }

        return settings;
    }
}
