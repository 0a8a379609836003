using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Chooses one project together with others.</summary>
public sealed partial class ChooseBox
{
    [Parameter, EditorRequired]
    public required string Path { get; set; }

    [Parameter]
    public bool Chosen { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnTurn { get; set; }
}
