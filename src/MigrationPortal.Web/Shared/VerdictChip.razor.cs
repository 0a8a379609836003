using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>Icon, word and tint: a state is never a dot alone.</summary>
public sealed partial class VerdictChip
{
    private VerdictLook look = null!;

    [Parameter, EditorRequired]
    public required VerdictKind Kind { get; set; }

    /// <summary>A more exact word of the same state: <c>drift</c>, <c>halted</c>, <c>pinned</c>, <c>1 of 2</c>.</summary>
    [Parameter]
    public string? Word { get; set; }

    /// <summary>Shown on hover; the page must also say it in text.</summary>
    [Parameter]
    public string? Why { get; set; }

    /// <summary>Icon and word without the tint, inside tables.</summary>
    [Parameter]
    public bool Bare { get; set; }

    /// <summary>28 px, for the verdict sentence of a page.</summary>
    [Parameter]
    public bool Large { get; set; }

    protected override void OnParametersSet() => look = VerdictLook.Of(Kind);
}
