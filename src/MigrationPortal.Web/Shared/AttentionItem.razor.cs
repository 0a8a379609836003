using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace MigrationPortal.Web.Shared;

/// <summary>Chip, one sentence, one line of denominators and age, one button that names what it opens. Sort by <see cref="VerdictKind"/>: its order is the urgency.</summary>
public sealed partial class AttentionItem
{
    [Parameter, EditorRequired]
    public required VerdictKind Kind { get; set; }

    [Parameter]
    public string? Word { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment Title { get; set; }

    [Parameter]
    public RenderFragment? Detail { get; set; }

    /// <summary>"Review 6 projects".</summary>
    [Parameter]
    public string? Action { get; set; }

    [Parameter]
    public string? Href { get; set; }

    [Parameter]
    public EventCallback<MouseEventArgs> OnAction { get; set; }
}
