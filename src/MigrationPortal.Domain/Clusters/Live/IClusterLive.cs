namespace MigrationPortal.Domain.Clusters.Live;

/// <summary>The live view of all clusters, in this process's memory: each replica watches for itself.</summary>
public interface IClusterLive
{
    /// <returns>Null while nobody watches it: it was just added, or is just removed.</returns>
    ClusterView? Find(long cluster);

    /// <returns>Empty while nobody watches it.</returns>
    IReadOnlyList<JobPod> Page(long cluster, PodFilter filter, (string Namespace, string Name)? after, int limit);

    /// <summary>Waiting ones first, then the running, the longest first.</summary>
    IReadOnlyList<JobPod> InOrderOfNeed(long cluster, PodFilter filter, int limit);

    /// <summary>Calls back after something changed, thousands of changes as one call, until disposed.</summary>
    /// <param name="cluster">Null: any of them.</param>
    /// <param name="pause">At most one call in so long.</param>
    IDisposable Subscribe(long? cluster, TimeSpan pause, Func<Task> changed);
}
