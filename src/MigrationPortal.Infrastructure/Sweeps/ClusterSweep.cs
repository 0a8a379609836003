using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Asks each cluster of the instance whether it answers, and tells of those that fall silent. What runs in them is watched beside this, by every replica.</summary>
internal sealed class ClusterSweep(IClusterStore clusters, IClusterGateway gateway, IClusterHealthStore health, WatchCluster watch) : ISweep
{
    public const string SweepName = "clusters";

    private const int AtOnce = 16;

    public string Name => SweepName;

    // Real time: an API server falls silent in real time, whatever the instance's clock says.
    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromDays(1), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1));

    public bool NeedsReadToken => false;

    public bool NeedsClock => false;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var all = await clusters.ListAsync(instance, cancel);
        if (all.Count == 0) return new SweepReport("No clusters are connected.");
        var before = await health.AllAsync(cancel);
        var silent = 0;
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (cluster, stop) =>
        {
            if (!(await watch.RunAsync(cluster, before.GetValueOrDefault(cluster.Id), await ProbeAsync(cluster, stop), stop)).IsWell) Interlocked.Increment(ref silent);
        });
        return new SweepReport(silent == 0 ? $"{all.Count} of {all.Count} clusters answer." : $"{silent} of {all.Count} clusters do not answer, or refuse the portal.");
    }

    private async Task<ClusterProbe> ProbeAsync(Cluster cluster, CancellationToken cancel)
    {
        try
        {
            return await clusters.AccessAsync(cluster.Id, cancel) is { } access ? await gateway.ProbeAsync(access, cancel) : new ClusterProbe(null, null, new ClusterTrouble(TroubleKind.Credentials, "The cluster was removed."));
        }
        catch (AccessLostException fault)
        {
            return new ClusterProbe(null, null, new ClusterTrouble(TroubleKind.Credentials, fault.Message));
        }
    }
}
