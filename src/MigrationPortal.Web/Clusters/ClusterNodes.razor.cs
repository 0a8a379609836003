using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Clusters.Live;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>Nodes of a cluster with what job pods ask of them, and the quotas of the job namespaces.</summary>
public sealed partial class ClusterNodes
{
    [Parameter, EditorRequired]
    public required ClusterLine Line { get; set; }

    private string Said => Headroom.Of(Line.View!) is { Nodes: > 0 } room
        ? $"{Words.Share(room.Free)} of {ClusterWords.Cores(room.CpuMillis)} and {ClusterWords.Memory(room.MemoryBytes)} left; other pods than jobs are not counted"
        : "no node takes pods";
}
