using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts.TwinRuns;

namespace MigrationPortal.Web.Cohorts;

/// <summary>One twin run: both copies side by side, on a narrow screen below each other.</summary>
public sealed partial class TwinResult
{
    [Parameter, EditorRequired]
    public required TwinSeen Seen { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Stops it, or takes away the branch that one which has ended left.</summary>
    [Parameter]
    public EventCallback OnStop { get; set; }

    private TwinRun Run => Seen.Run;
}
