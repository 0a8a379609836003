using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Live;
using MigrationPortal.Domain.Clusters.Rights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>Clusters for pages and API.</summary>
internal sealed class ReadClusters(IClusterStore clusters, IClusterHealthStore health, IPreflightStore preflights, IClusterLive live)
{
    /// <summary>In the order of their names.</summary>
    public async Task<IReadOnlyList<ClusterLine>> ListAsync(InstanceId instance, CancellationToken cancel)
    {
        var (all, known, reports) = (await clusters.ListAsync(instance, cancel), await health.AllAsync(cancel), await preflights.CountsAsync(cancel));
        var views = all.Select(one => live.Find(one.Id)).OfType<ClusterView>().ToDictionary(one => one.Cluster);
        var balance = ClusterBalance.Of(all.Count, views.Values);
        return [.. all.Select(one => new ClusterLine(one, known.GetValueOrDefault(one.Id), reports.GetValueOrDefault(one.Id), views.GetValueOrDefault(one.Id), balance.GetValueOrDefault(one.Id)))];
    }

    public async Task<ClusterLine?> FindAsync(long id, CancellationToken cancel) =>
        await clusters.FindAsync(id, cancel) is { } found ? (await ListAsync(found.Instance, cancel)).FirstOrDefault(one => one.Cluster.Id == id) : null;
}
