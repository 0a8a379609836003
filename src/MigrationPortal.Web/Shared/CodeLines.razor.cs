using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>Lines to paste, or a diff: lines that begin with + are green, with - red. Copy takes what the file will hold.</summary>
public sealed partial class CodeLines
{
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    [Parameter]
    public string Caption { get; set; } = "paste this";

    /// <summary>The lines are a diff: removed ones are not copied, and the first column is dropped.</summary>
    [Parameter]
    public bool IsDiff { get; set; }

    private string Pasted => IsDiff
        ? string.Join('\n', Text.Split('\n').Where(line => !line.StartsWith('-')).Select(line => line.Length > 0 ? line[1..] : line))
        : Text;
}
