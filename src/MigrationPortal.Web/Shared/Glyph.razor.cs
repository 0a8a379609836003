using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>One icon in the colour of its text. Decoration unless it has a label.</summary>
public sealed partial class Glyph
{
    /// <summary>A constant of <see cref="Glyphs"/>: markup, never text that came from outside.</summary>
    [Parameter, EditorRequired]
    public required string Of { get; set; }

    /// <summary>Size or colour classes: <c>i12 i20 i28 pass fail wait unknown attention t2 t3</c>.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>What it means, where no word stands beside it.</summary>
    [Parameter]
    public string? Label { get; set; }
}
