using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>The order of steps, numbered; a step that has a state shows its icon in place of the number.</summary>
public sealed partial class StepList
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<StepItem> Steps { get; set; }
}

/// <summary>"<b>Widen</b> k8s-shared-03 and 04", below it "2 PUT, read back, about 4 s".</summary>
public sealed record StepItem(string Title, string Text, string? Detail = null, VerdictKind? State = null);
