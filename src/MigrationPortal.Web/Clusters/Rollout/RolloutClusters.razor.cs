using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters.Rollout;

/// <summary>The clusters with the revision that is in each, and whether it is still so.</summary>
public sealed partial class RolloutClusters
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<RolloutPlace> Places { get; set; }

    private static string Seen(DriftRecord drift) => drift.Trouble ?? (drift.Report.Fields.Count == 0 ? "as applied" : $"{Words.Count(drift.Report.Fields.Count, "field")} differ");
}
