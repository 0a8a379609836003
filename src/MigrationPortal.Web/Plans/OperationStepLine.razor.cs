using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Plans;

namespace MigrationPortal.Web.Plans;

/// <summary>A step of an operation: what it changes, and what came of it.</summary>
public sealed partial class OperationStepLine
{
    private PlanDiff diff = null!;

    [Parameter, EditorRequired]
    public required OperationStep Step { get; set; }

    /// <summary>GitLab itself refused the step: its message is its own words.</summary>
    [Parameter]
    public bool GitLabRefused { get; set; }

    // What a step waits for stands above the steps.
    private string? Said => Step.State == OperationStepState.Waiting ? null : GitLabRefused && Step.State == OperationStepState.Failed ? $"GitLab: {Step.Message}" : Step.Message;

    protected override void OnParametersSet() => diff = PlanDiff.Of(Step.Step, null);
}
