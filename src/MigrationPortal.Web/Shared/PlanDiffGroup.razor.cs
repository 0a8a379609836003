using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>Widen, verify or narrow, with the reason for the order: "only after each Kubernetes runner above has started a real job".</summary>
public sealed partial class PlanDiffGroup
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required string Why { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
