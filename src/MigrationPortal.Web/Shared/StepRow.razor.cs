using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>A step of an operation as it runs: state, runner, and what was changed or what GitLab said in its own words.</summary>
public sealed partial class StepRow
{
    [Parameter, EditorRequired]
    public required VerdictKind Kind { get; set; }

    /// <summary><c>done</c>, <c>running</c>, <c>not begun</c>.</summary>
    [Parameter]
    public string? Word { get; set; }

    [Parameter, EditorRequired]
    public required string Subject { get; set; }

    /// <summary>Of a long subject that must be read whole, such as an object of a cluster.</summary>
    [Parameter]
    public bool Wide { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
