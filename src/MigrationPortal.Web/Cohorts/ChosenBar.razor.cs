using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Cohorts;

/// <summary>What can be done with the projects that are chosen; stays in view.</summary>
public sealed partial class ChosenBar
{
    [Parameter, EditorRequired]
    public required ProjectChoice Choice { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Of those that are being changed; null: nothing is.</summary>
    [Parameter]
    public int? Done { get; set; }

    [Parameter]
    public int All { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnTry { get; set; }

    /// <summary>True: until a day that is asked then; false: without an end.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<bool> OnStay { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnNone { get; set; }
}
