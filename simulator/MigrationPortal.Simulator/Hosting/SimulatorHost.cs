using System.Net;
using MigrationPortal.Kubernetes;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>A running simulator: production GitLab at <see cref="Address"/>, the QA one below <c>/qa</c>. Started as a
/// program by <see cref="RunAsync"/>, or inside a test by <see cref="StartAsync"/>.</summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly SimClock clock;
    private readonly TokenStore tokens;
    private readonly ClusterSet clusters;
    private readonly IReadOnlyList<Instance> instances;

    private SimulatorHost(WebApplication app)
    {
        this.app = app;
        clock = app.Services.GetRequiredService<SimClock>();
        tokens = app.Services.GetRequiredService<TokenStore>();
        clusters = app.Services.GetRequiredService<ClusterSet>();
        instances = app.Services.GetRequiredService<IReadOnlyList<Instance>>();
    }

    /// <summary>Without a trailing slash.</summary>
    public Uri Address => new(app.Urls.First().Replace("[::]", "localhost", StringComparison.Ordinal));

    public Uri QaAddress => new(Address, "qa");

    /// <summary>An administrator's personal access token with scope <c>api</c>.</summary>
    public string AdminToken => tokens.AdminToken(Production.Name);

    /// <summary>An administrator's personal access token with scope <c>read_api</c>.</summary>
    public string ReadToken => tokens.ReadToken(Production.Name);

    /// <summary>As <see cref="AdminToken"/>, of the QA instance.</summary>
    public string QaAdminToken => tokens.AdminToken(Qa.Name);

    /// <summary>As <see cref="ReadToken"/>, of the QA instance.</summary>
    public string QaReadToken => tokens.ReadToken(Qa.Name);

    public Instance Production => instances[0];

    public Instance Qa => instances[1];

    public DateTimeOffset Now => clock.Now;

    /// <summary>World seconds a real second; 0 stands still.</summary>
    public double Speed
    {
        get => clock.Speed;
        set => clock.Speed = value;
    }

    /// <summary>A personal access token of this user of production with scope <c>api</c>.</summary>
    public string TokenOf(User user) => tokens.TokenOf(Production.Name, user);

    /// <summary>Names of all clusters: production's, then QA's.</summary>
    public IReadOnlyList<string> Clusters => [.. clusters.All.Select(one => one.Name)];

    /// <summary>What an administrator of this cluster connects with.</summary>
    public Task<string> KubeconfigAsync(string cluster, CancellationToken cancellation = default) => clusters.Find(cluster) is { } found
        ? app.Services.GetRequiredService<ClusterPort>().KubeconfigAsync(found, cancellation)
        : throw new KeyNotFoundException($"There is no cluster {cluster}.");

    /// <summary>The cluster itself, to look into or to break.</summary>
    public KubernetesCluster Cluster(string name) => clusters.Ask(name) ?? throw new KeyNotFoundException($"There is no cluster {name}.");

    /// <summary>Steps both worlds.</summary>
    public Task AdvanceAsync(TimeSpan by, CancellationToken cancellation = default) =>
        clock.AdvanceAsync(by, TimeSpan.Zero, cancellation);

    /// <summary>For tests: on a free port of this machine, with these settings and nothing from environment or files.</summary>
    public static async Task<SimulatorHost> StartAsync(SimulatorSettings settings, CancellationToken cancellation = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        var app = await SimulatorApp.BuildAsync(builder, settings, cancellation);
        await app.StartAsync(cancellation);
        return new SimulatorHost(app);
    }

    /// <summary>Small, stepped, fixed start: what most tests want.</summary>
    public static SimulatorSettings ForTests() => new()
    {
        Small = true,
        Speed = 0,
        Start = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero),
    };

    /// <summary>The program: runs until it is asked to stop.</summary>
    public static async Task RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(CommandLine.Expand(args));
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        if (string.IsNullOrEmpty(builder.Configuration["urls"]))
        {
            builder.WebHost.UseUrls("http://localhost:8081");
        }

        var settings = builder.Configuration.GetSection("Simulator").Get<SimulatorSettings>() ?? new SimulatorSettings();
        settings.ConnectionString = builder.Configuration.GetConnectionString("Simulator");
        await using var app = await SimulatorApp.BuildAsync(builder, settings, CancellationToken.None);
        if (settings.KubePort > 0)
        {
            await app.Services.GetRequiredService<ClusterPort>().OpenAsync(CancellationToken.None);
        }

        await app.RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
