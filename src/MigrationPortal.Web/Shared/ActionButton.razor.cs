using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace MigrationPortal.Web.Shared;

/// <summary>
/// A button or, with <see cref="Href"/>, a link that looks like one. Its words are verb and object: "Apply 6 changes".
/// A forbidden one stays visible, disabled, with a lock; the page says the reason beside it in words.
/// </summary>
public sealed partial class ActionButton
{
    [Parameter]
    public ButtonKind Kind { get; set; }

    /// <summary>32 px instead of 28: page heads and action bars.</summary>
    [Parameter]
    public bool Large { get; set; }

    [Parameter]
    public string? Href { get; set; }

    [Parameter]
    public bool NewTab { get; set; }

    [Parameter]
    public EventCallback<MouseEventArgs> OnClick { get; set; }

    /// <summary>Sends the form it stands in.</summary>
    [Parameter]
    public bool Submit { get; set; }

    /// <summary>A constant of <see cref="Glyphs"/>.</summary>
    [Parameter]
    public string? Glyph { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>Why it is disabled, for the pointer; say it beside the button too.</summary>
    [Parameter]
    public string? Why { get; set; }

    [Parameter]
    public string? Hint { get; set; }

    /// <summary>The name for screen readers where the words alone do not tell which thing is meant.</summary>
    [Parameter]
    public string? Label { get; set; }

    [Parameter, EditorRequired]
    public RenderFragment? ChildContent { get; set; }

    private string? ShownGlyph => Disabled && Why is not null ? Glyphs.Lock : Glyph;

    private string Css => "btn" + (Large ? " l" : "") + Kind switch
    {
        ButtonKind.Primary => " p",
        ButtonKind.Quiet => " q",
        ButtonKind.Danger => " d",
        ButtonKind.DangerFilled => " D",
        _ => "",
    };
}

/// <summary>One primary button a view. Danger is for what takes something away.</summary>
public enum ButtonKind
{
    Plain,
    Primary,
    Quiet,
    Danger,
    DangerFilled,
}
