using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>One large number and what it counts: "176 days until GitLab 20.0 removes docker+machine". Stands inside a card.</summary>
public sealed partial class NumberTile
{
    [Parameter, EditorRequired]
    public required string Value { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter]
    public string? Detail { get; set; }
}
