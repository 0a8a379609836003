using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>One choice of a few, as links in a row: each is an address.</summary>
public sealed partial class Segments
{
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<TabLink> Choices { get; set; }
}
