using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Bench.Hooks;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Web.Hosting;

namespace MigrationPortal.Bench;

/// <summary>The real portal on a free port of this machine, with one endpoint more that the product does not have: it reads the body and answers 200.</summary>
internal sealed class BenchPortal(WebApplication app) : IAsyncDisposable
{
    public const string Hook = "/hooks/gitlab";
    public const string Bare = "/bench/bare";

    /// <summary>Of the REST API, with all scopes; of a database that lives as long as the benchmark.</summary>
    public const string Token = "mp_00112233445566778899aabbccddeeff00112233";

    public IPEndPoint Address { get; } = AddressOf(app);

    /// <param name="others">Settings besides or instead of those that every benchmark has; with an address of GitLab the fleet comes from there.</param>
    public static async Task<BenchPortal> StartAsync(string connection, CancellationToken cancel, IReadOnlyDictionary<string, string?>? others = null)
    {
        var app = PortalHost.Build(
            ["--applicationName=MigrationPortal.Web", "--environment=Production", $"--contentRoot={AppContext.BaseDirectory}", "--urls=http://127.0.0.1:0"],
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(Settings(connection)).AddInMemoryCollection(others ?? new Dictionary<string, string?>());
                // Style sheets and scripts lie where they were built: nothing is published here.
                builder.WebHost.UseStaticWebAssets();
            });
        // As early in the pipeline as the hook itself: the difference is then what the hook does, not how one gets there.
        app.MapPost(Bare, (HttpContext http, CancellationToken stop) => ReadAsync(http, stop)).AllowAnonymous().ShortCircuit();
        await PortalHost.StartAsync(app);
        if (others is null) await app.Services.GetRequiredService<IFleetStore>().StoreAsync(BenchStore.Instance, BenchJobs.Start, BenchJobs.Fleet(BenchStore.Instance), cancel);
        return new BenchPortal(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static async Task ReadAsync(HttpContext http, CancellationToken cancel)
    {
        while (true)
        {
            var read = await http.Request.BodyReader.ReadAsync(cancel);
            http.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return;
        }
    }

    private static IPEndPoint AddressOf(WebApplication app)
    {
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return new IPEndPoint(IPAddress.Loopback, address.Port);
    }

    private static Dictionary<string, string?> Settings(string connection) => new()
    {
        ["ConnectionStrings:Portal"] = connection,
        ["Portal:SignIn:ClientId"] = "benchmark",
        ["Portal:BootstrapToken"] = Token,
        ["Portal:GitLab:Instances:0:Name"] = BenchStore.Instance.Name,
        // Nobody listens there: the sweeps find GitLab away and rest, on both sides alike.
        ["Portal:GitLab:Instances:0:Url"] = "http://127.0.0.1:9",
        ["Portal:GitLab:Instances:0:ReadToken"] = "none",
        ["Portal:GitLab:Instances:0:WebhookToken"] = EventRequests.Secret,
        ["Serilog:MinimumLevel:Default"] = "Fatal",
        ["Serilog:MinimumLevel:Override:Polly"] = "Fatal",
        ["Serilog:MinimumLevel:Override:Microsoft.AspNetCore"] = "Fatal",
    };
}
