namespace MigrationPortal.Domain.Clusters.Live;

public enum WatchState
{
    /// <summary>The first list is not read yet.</summary>
    Starting,
    Watching,

    /// <summary>Reading the whole list again, because the API server does not remember where we were.</summary>
    Relisting,

    /// <summary>Tried again later.</summary>
    Unreachable,
}

/// <summary>How fresh the live view of a cluster is. Real time.</summary>
/// <param name="SeenAt">The last word from the API server; null before the first.</param>
/// <param name="Since">When this state began.</param>
/// <param name="Why">Of <see cref="WatchState.Unreachable"/>.</param>
/// <param name="TriesAgainAt">Of <see cref="WatchState.Unreachable"/>.</param>
public sealed record WatchFreshness(WatchState State, DateTimeOffset? SeenAt, DateTimeOffset Since, ClusterTrouble? Why = null, DateTimeOffset? TriesAgainAt = null)
{
    /// <summary>Of several watches of one cluster, the one that people must know of.</summary>
    public static WatchFreshness Worst(IEnumerable<WatchFreshness> all, DateTimeOffset now) =>
        all.OrderBy(one => one.State switch
        {
            WatchState.Unreachable => 0,
            WatchState.Starting => 1,
            WatchState.Relisting => 2,
            _ => 3,
        }).ThenBy(one => one.SeenAt).FirstOrDefault() ?? new WatchFreshness(WatchState.Starting, null, now);
}

/// <summary>What is looked at from time to time, beside the pods. A null list could not be read: then <see cref="Unread"/> says why.</summary>
public sealed record ClusterLook(
    DateTimeOffset At,
    IReadOnlyList<ManagerDeployment>? Deployments,
    IReadOnlyList<ManagerPod>? Managers,
    IReadOnlyList<ClusterNode>? Nodes,
    IReadOnlyList<QuotaUse>? Quotas,
    IReadOnlyList<string> Unread);

/// <summary>A cluster as it is seen now, by this process.</summary>
/// <param name="Look">Null before the first.</param>
public sealed record ClusterView(long Cluster, WatchFreshness Freshness, PodCounts Pods, IReadOnlyDictionary<string, NodeUse> NodeUse, ClusterLook? Look);
