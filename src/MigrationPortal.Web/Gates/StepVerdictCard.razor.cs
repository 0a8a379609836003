using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;

namespace MigrationPortal.Web.Gates;

/// <summary>The step as a whole, above the single gate.</summary>
public sealed partial class StepVerdictCard
{
    [Parameter, EditorRequired]
    public required GateEvaluation Evaluation { get; set; }

    [Parameter, EditorRequired]
    public required PhasePolicy Policy { get; set; }

    [Parameter, EditorRequired]
    public required PhaseState State { get; set; }

    private StepVerdict Shown => StepVerdict.Of(Evaluation, Policy, State.AutomationOn);

    private string? Present => State.Current is { } reached ? TargetWords.Title(new PlanTarget.ToPhase(reached.Phase, reached.KubernetesUntaggedPercent, reached.LegacyUntaggedPercent)) : null;
}
