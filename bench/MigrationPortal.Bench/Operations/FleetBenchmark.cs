using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Infrastructure.GitLab;
using MigrationPortal.Infrastructure.Store;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Simulator;
using MigrationPortal.World;

namespace MigrationPortal.Bench.Operations;

/// <summary>
/// The first fleet sweep of an empty portal: 1,000 runners, three in ten owned by groups and projects. The simulator answers
/// over HTTP and refuses queries that cost too much, as GitLab does. Requests are counted on the wire.
/// </summary>
internal static class FleetBenchmark
{
    private const int Runners = 1_000;

    public static Benchmark Benchmark { get; } = new("fleet", "requests", true, Goal.AtMost(1 / 40.0), PrepareAsync)
    {
        Group = Benchmark.Insights,
        Method = "HTTP requests of a full fleet sweep of 1,000 runners (300 of them group and project runners, owners included, nothing remembered), against one REST call a runner",
    };

    private static async Task<Contest> PrepareAsync(BenchDatabases databases, CancellationToken cancellation)
    {
        var world = WorldOptions.Quiet with { Projects = 200, DockerRunners = 640, Clusters = 6, RunnersPerCluster = 10, OwnedRunners = 300 };
        var simulator = await SimulatorHost.StartAsync(new SimulatorSettings { World = world, Speed = 0 }, cancellation);
        return new Contest(
            async cancel =>
            {
                var (requests, seen) = await SweepAsync(databases, simulator, cancel);
                return seen == Runners ? requests : throw new InvalidOperationException($"{seen} runners are not {Runners}.");
            },
            _ => Task.FromResult((double)Runners),
            Repetitions: 1, Held: simulator, WarmsUp: false);
    }

    private static async Task<(int Requests, int Seen)> SweepAsync(BenchDatabases databases, SimulatorHost simulator, CancellationToken cancel)
    {
        var wire = new Counted();
        var source = await databases.CreateAsync(cancel);
        var settings = new Dictionary<string, string?>
        {
            ["Portal:GitLab:Instances:0:Name"] = BenchStore.Instance.Name,
            ["Portal:GitLab:Instances:0:Url"] = simulator.Address.ToString(),
            ["Portal:GitLab:Instances:0:ReadToken"] = simulator.ReadToken,
            ["Portal:GitLab:Instances:0:RequestsPerSecond"] = "1000",
        };
        var services = new ServiceCollection().AddLogging().AddMetrics().AddPortalStore(_ => source)
            .AddPortalGitLab(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddSingleton<ProposeRoles>();
        services.AddHttpClient(GitLabClients.HttpName(BenchStore.Instance, nameof(GitLabChannel.Monitoring))).ConfigurePrimaryHttpMessageHandler(() => wire);
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<StoreMigrator>().MigrateAsync(cancel);
        await ActivatorUtilities.CreateInstance<FleetSweep>(provider).RunAsync(BenchStore.Instance, cancel);
        return (wire.Requests, (await provider.GetRequiredService<IFleetStore>().LatestAsync(BenchStore.Instance, cancel))!.Runners.Count);
    }

    private sealed class Counted() : DelegatingHandler(new SocketsHttpHandler())
    {
        private int _requests;

        public int Requests => _requests;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _requests);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
