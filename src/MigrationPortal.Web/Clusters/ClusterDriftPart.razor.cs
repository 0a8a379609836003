using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Clusters.Apply;

namespace MigrationPortal.Web.Clusters;

/// <summary>Where a cluster differs from what was applied, field by field, with who wrote it and since when.</summary>
public sealed partial class ClusterDriftPart
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<DriftRecord> Records { get; set; }

    /// <summary>Of configurations, by number.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<long, string> Names { get; set; }
}
