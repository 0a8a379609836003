using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>One of few ways to go on, with its price at the right: "about 20 s".</summary>
public sealed partial class ChoiceCard
{
    /// <summary>The same for all cards of one choice.</summary>
    [Parameter, EditorRequired]
    public required string Group { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter]
    public string? Note { get; set; }

    [Parameter, EditorRequired]
    public required bool Chosen { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnChoose { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
