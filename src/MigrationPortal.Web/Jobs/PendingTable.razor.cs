using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Jobs;

/// <summary>Waiting jobs in rows: why each waits, and until when.</summary>
public sealed partial class PendingTable
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<PendingJob> Jobs { get; set; }

    [Parameter, EditorRequired]
    public required string GitLabUrl { get; set; }

    /// <summary>The instance's time.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }
}
