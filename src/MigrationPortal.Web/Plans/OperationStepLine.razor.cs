using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Plans;

namespace MigrationPortal.Web.Plans;

/// <summary>A step of an operation: what it changes, and what came of it.</summary>
public sealed partial class OperationStepLine
{
    private PlanDiff diff = null!;

    [Parameter, EditorRequired]
    public required OperationStep Step { get; set; }

    protected override void OnParametersSet() => diff = PlanDiff.Of(Step.Step, null);
}
