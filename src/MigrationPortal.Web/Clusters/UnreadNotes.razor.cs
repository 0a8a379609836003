using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Clusters;

/// <summary>What of a cluster could not be read, and why.</summary>
public sealed partial class UnreadNotes
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Notes { get; set; }
}
