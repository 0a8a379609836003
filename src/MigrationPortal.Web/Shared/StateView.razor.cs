using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>What stands where data would be. Buttons that lead on go in as child content.</summary>
public sealed partial class StateView
{
    [Parameter, EditorRequired]
    public required StateKind Kind { get; set; }

    /// <summary>
    /// Loading: what is being read ("Reading 14 runners from GitLab, 9 so far"). Empty: what is not there. No data:
    /// since when ("Start time has no data since 13:52"). Error: what failed. No rights: the right that is needed.
    /// </summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>Why, what still works, and who can help.</summary>
    [Parameter]
    public string? Text { get; set; }

    /// <summary>In place of the icon of the kind.</summary>
    [Parameter]
    public string? Glyph { get; set; }

    /// <summary>A more exact word on the chip of no data or error.</summary>
    [Parameter]
    public string? Word { get; set; }

    /// <summary>Finds the details in the log.</summary>
    [Parameter]
    public string? TraceId { get; set; }

    /// <summary>Rows of the skeleton while loading: as many as will come, so that nothing jumps.</summary>
    [Parameter]
    public int Rows { get; set; } = 4;

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    // Uneven like real rows, and the same on every draw.
    private static int Width(int row, int around) => around - 14 + (row * 37 % 29);
}

/// <summary>The five ways for data not to be there.</summary>
public enum StateKind
{
    Loading,
    Empty,

    /// <summary>Not known. Violet: never drawn as zero, never passes.</summary>
    NoData,
    Error,
    NoRights,
}
