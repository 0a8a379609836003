using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Web.Jobs;

/// <summary>Which runners would take a group's jobs if one thing were otherwise.</summary>
public sealed partial class NearRunnersCard
{
    private const int Most = 12;

    [Parameter, EditorRequired]
    public required PendingGroup Group { get; set; }

    /// <summary>The snapshot's own time.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset TakenAt { get; set; }
}
