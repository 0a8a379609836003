using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Clusters;

/// <summary>Each cluster's jobs against what it can take, and the knobs that move them.</summary>
public sealed partial class BalanceCard
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<ClusterLine> Lines { get; set; }
}
