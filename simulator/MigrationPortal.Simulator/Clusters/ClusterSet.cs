using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationPortal.Kubernetes;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>All clusters of both worlds, by name: production's and QA's.</summary>
internal sealed class ClusterSet : IDisposable
{
    private readonly ClusterWorld world;
    private readonly WorldTimeProvider worldTime = new();
    private readonly Journal journal;
    private readonly SemaphoreSlim changes = new(0, 1);
    private readonly List<SimulatedCluster> clusters = [];

    public ClusterSet(IReadOnlyList<Instance> instances, SimulatorSettings settings, Journal journal, TimeProvider time)
    {
        (world, this.journal) = (new ClusterWorld(instances), journal);
        foreach (var instance in instances)
        {
            foreach (var name in instance.Do(NamesOf))
            {
                var token = settings.Kube.GetValueOrDefault(name)?.Token ?? Derive(settings.Seed, name);
                clusters.Add(new SimulatedCluster(
                    name, instance, token, instance.World.Options.PrivilegedServices, world, worldTime, time, Notice));
            }
        }
    }

    public IReadOnlyList<SimulatedCluster> All => clusters;

    /// <summary>When a cluster changes by itself: time should not jump over it.</summary>
    public DateTimeOffset? Due => clusters.Min(one => one.Due);

    public SimulatedCluster? Find(string name) => clusters.Find(one => one.Name == name);

    public KubernetesCluster? Ask(string name) => Find(name)?.Ask();

    /// <summary>Brings back what was kept.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        worldTime.Set(world.Now);
        foreach (var cluster in clusters)
        {
            if (await journal.LoadAsync(KeyOf(cluster), cancellation) is { } kept)
            {
                cluster.Restore([.. JsonNode.Parse(kept)!.AsArray().Select(one => one!.AsObject())]);
            }
        }
    }

    /// <summary>Both worlds have moved.</summary>
    public async Task MovedAsync()
    {
        worldTime.Set(world.Now);
        await SettleAsync();
    }

    /// <summary>Lets clusters follow what was changed in them or in the worlds.</summary>
    public async Task SettleAsync()
    {
        foreach (var cluster in clusters.Where(one => one.IsBuilt))
        {
            cluster.Settle();
        }

        if (world.TakeApplied())
        {
            foreach (var instance in world.Instances)
            {
                await journal.FlushAsync(instance);
            }
        }
    }

    /// <summary>Waits until somebody has changed something.</summary>
    public Task ChangedAsync(CancellationToken cancellation) => changes.WaitAsync(cancellation);

    public async Task SaveAsync()
    {
        foreach (var cluster in clusters.Where(one => one.IsUnsaved && !journal.InMemory))
        {
            await journal.SaveAsync(KeyOf(cluster), JsonSerializer.Serialize(cluster.Keep()));
        }
    }

    public void Dispose() => changes.Dispose();

    private static string KeyOf(SimulatedCluster cluster) => $"cluster {cluster.Name}";

    private static string[] NamesOf(GitLabWorld world) => [.. world.Fleet.Runners.SelectMany(runner => runner.Managers)
        .Select(manager => manager.Cluster).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    private void Notice()
    {
        try
        {
            changes.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // One notice is enough, and none is needed at the end.
        }
    }

    private static string Derive(int seed, string name) =>
        "kube-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name} {seed} kubernetes")))[..32];
}
