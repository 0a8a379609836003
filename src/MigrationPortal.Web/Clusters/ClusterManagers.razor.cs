using Microsoft.AspNetCore.Components;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>Runner managers of a cluster: pods, Deployments, what their metrics say, and which runners are seen.</summary>
public sealed partial class ClusterManagers
{
    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Parameter, EditorRequired]
    public required ClusterLine Line { get; set; }

    private string SeenRunners => Line.View?.Pods.Runners is { Count: > 0 } seen
        ? $"By the labels of their job pods: {string.Join(", ", seen.OrderByDescending(one => one.Value).Select(one => $"{(one.Key.Length > 0 ? one.Key : "no label")} ({Words.Count(one.Value, "pod")})"))}."
        : "No job pod tells of a runner now.";
}
