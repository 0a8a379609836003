using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>A runner tag in mono; in a diff, added (green, with a plus) or removed (red, struck).</summary>
public sealed partial class TagChip
{
    [Parameter, EditorRequired]
    public required string Tag { get; set; }

    [Parameter]
    public TagChange Change { get; set; }
}

/// <summary>What a plan does to a tag.</summary>
public enum TagChange
{
    Kept,
    Added,
    Removed,
}
