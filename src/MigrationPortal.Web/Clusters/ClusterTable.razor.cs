using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Clusters.Live;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>Clusters in rows, those in trouble first.</summary>
public sealed partial class ClusterTable
{
    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Parameter, EditorRequired]
    public required IReadOnlyList<ClusterLine> Lines { get; set; }

    private static string Room(ClusterLine line) => line.View is null || Headroom.Of(line.View) is not { } room ? "not known"
        : room.Nodes == 0 ? "no node takes pods"
        : $"{Words.Share(room.Free)} of {Words.Count(room.Nodes, "node")}{(room.Unusable > 0 ? $", {room.Unusable} take none" : "")}";

    private static string Shares(ClusterLine line) => line.Balance is not { } balance ? "not known"
        : $"{(balance.JobShare is { } jobs ? Words.Share(jobs) : "no jobs")}, {(balance.CapacityShare is { } capacity ? Words.Share(capacity) : "capacity not known")}";

    private static string Missing(ClusterLine line) => line.Missing switch
    {
        null => "not asked yet",
        { View: 0, Apply: 0, Operator: 0 } => "nothing",
        var one => string.Join(", ", new[] { (one.View, "to watch"), (one.Apply, "to apply"), (one.Operator, "for the Operator") }.Where(part => part.Item1 > 0).Select(part => $"{part.Item1} {part.Item2}")),
    };
}
