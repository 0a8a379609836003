using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>Where a cluster differs from what was applied, field by field, with who wrote it and since when.</summary>
public sealed partial class ClusterDriftPart
{
    private string? answer;
    private bool looks;

    [Inject]
    private WatchClusterDrift Watch { get; set; } = null!;

    [Parameter, EditorRequired]
    public required Cluster Of { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<DriftRecord> Records { get; set; }

    /// <summary>Of configurations, by number.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<long, string> Names { get; set; }

    [Parameter, EditorRequired]
    public required Func<Task> OnChanged { get; set; }

    private async Task LookAsync()
    {
        if (looks) return;
        looks = true;
        try
        {
            var seen = await Watch.NowAsync(Of, CancellationToken.None);
            answer = seen.Count == 0 ? "Nothing that was applied here is healthy: there is nothing to compare with." : $"Looked at {Words.Count(seen.Count, "configuration")} just now.";
            await OnChanged();
        }
        finally
        {
            looks = false;
        }
    }
}
