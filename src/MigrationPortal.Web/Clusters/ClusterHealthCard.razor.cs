using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>How the clusters of an instance answered last, for the page of connections; nothing where none is connected.</summary>
public sealed partial class ClusterHealthCard
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    private IReadOnlyList<ClusterLine> lines = [];

    [Inject]
    private ReadClusters Clusters { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Parameter, EditorRequired]
    public required InstanceId Of { get; set; }

    protected override InstanceId Instance => Of;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Clusters];

    private int Silent => lines.Count(one => one.Health is { IsWell: false });

    private string Said => lines.Max(one => one.Health?.CheckedAt) is { } at ? $"asked {Words.Ago(at, Time.GetUtcNow())}" : "not asked yet";

    protected override async Task ReadAsync(CancellationToken cancel) => lines = await Clusters.ListAsync(Of, cancel);

    private bool Expires(ClusterLine line) => line.Cluster.Connection.ExpiresAt is { } at && at - Time.GetUtcNow() < Soon;
}
