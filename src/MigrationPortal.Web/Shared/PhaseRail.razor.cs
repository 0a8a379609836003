using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>
/// Where the migration stands: six columns, the current one 3.4 times as wide with one segment for each ramp step and
/// one cell for each runner; below it one sentence on what blocks the next step, and at most two buttons.
/// </summary>
public sealed partial class PhaseRail
{
    /// <summary>More runners are drawn as one bar with their shares: hundreds of cells cannot be counted by eye.</summary>
    private const int MostCells = 48;

    [Parameter, EditorRequired]
    public required IReadOnlyList<RailPhase> Phases { get; set; }

    /// <summary>Ramp steps of the current phase; 0 or 1 is one whole bar.</summary>
    [Parameter]
    public int Steps { get; set; } = 1;

    /// <summary>Steps reached, the current one included.</summary>
    [Parameter]
    public int StepsDone { get; set; }

    [Parameter]
    public IReadOnlyList<RailFleet> Fleets { get; set; } = [];

    /// <summary>Its bold part is the next step and its time, the rest why it has not happened.</summary>
    [Parameter]
    public RenderFragment? Blocker { get; set; }

    [Parameter]
    public VerdictKind BlockerKind { get; set; } = VerdictKind.Wait;

    [Parameter]
    public string? BlockerWord { get; set; }

    [Parameter]
    public RenderFragment? Actions { get; set; }

    [Parameter]
    public string? Class { get; set; }

    private string Columns => string.Join(' ', Phases.Select(phase => phase.Place == RailPlace.Current ? "minmax(0,3.4fr)" : "minmax(0,1fr)"));

    private static RenderFragment Name(RailPhase phase) => phase.Href is null
        ? builder => builder.AddContent(0, phase.Name)
        : builder =>
        {
            builder.OpenElement(0, "a");
            builder.AddAttribute(1, "href", phase.Href);
            builder.AddContent(2, phase.Name);
            builder.CloseElement();
        };
}
