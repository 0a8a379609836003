using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>"Automation on". The page decides what switching asks and does; this only shows and says.</summary>
public sealed partial class SwitchButton
{
    [Parameter, EditorRequired]
    public required string Word { get; set; }

    [Parameter, EditorRequired]
    public required bool IsOn { get; set; }

    /// <summary>The wish: the other state.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<bool> OnSwitch { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public string? Why { get; set; }
}
