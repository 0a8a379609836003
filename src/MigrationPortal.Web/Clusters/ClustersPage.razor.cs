using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Clusters.Live;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>All clusters of the instance: state, managers, jobs, room, balance, and what is missing.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class ClustersPage
{
    private IReadOnlyList<ClusterLine> lines = [];
    private bool isSubscribed;

    [Inject]
    private IClusterLive Live { get; set; } = null!;

    [Inject]
    private ReadClusters Clusters { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Clusters];

    private int Silent => lines.Count(one => one.IsInTrouble);

    private string Headline => lines.Count == 0 ? "Clusters"
        : Silent > 0 ? $"{Silent} of {Words.Count(lines.Count, "cluster")} cannot be watched"
        : $"{Words.Count(lines.Sum(one => one.View?.Pods.Running ?? 0), "job")} on {Words.Count(lines.Count, "cluster")}, {Words.Count(lines.Sum(one => one.View?.Pods.Pending ?? 0))} waiting to start";

    private static string Said => "Where the jobs of this instance run. Each replica of the portal watches job pods itself: what is seen here is seconds old.";

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        if (!isSubscribed) Leaving.Register(Live.Subscribe(null, TimeSpan.FromSeconds(5), ReadAgainAsync).Dispose);
        isSubscribed = true;
        lines = [.. (await Clusters.ListAsync(Instance, cancel)).OrderBy(one => !one.IsInTrouble).ThenBy(one => one.Cluster.Name, StringComparer.Ordinal)];
    }
}
