using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Web.Jobs;

/// <summary>Pending jobs in groups that one remedy mends; each leads to its jobs.</summary>
public sealed partial class PendingGroupsCard
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<PendingGroup> Groups { get; set; }

    /// <summary>The address that shows one group alone.</summary>
    [Parameter, EditorRequired]
    public required Func<PendingGroup, string> Href { get; set; }
}
