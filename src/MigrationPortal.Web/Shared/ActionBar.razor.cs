using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>At the bottom of the screen: what may be done now, and in words why not. One primary button, last.</summary>
public sealed partial class ActionBar
{
    /// <summary>A chip and one sentence: "1 gate fails, 1 waits; 1 approval is missing."</summary>
    [Parameter]
    public RenderFragment? Status { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
