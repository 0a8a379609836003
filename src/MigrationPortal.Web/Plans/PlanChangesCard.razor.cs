using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;

namespace MigrationPortal.Web.Plans;

/// <summary>The diff per runner, in the order of the steps.</summary>
public sealed partial class PlanChangesCard
{
    private static readonly (PlanStepKind Kind, string Title, string Why)[] Groups =
    [
        (PlanStepKind.Widen, "Widen", "adds ways to be served, safe at any time"),
        (PlanStepKind.Narrow, "Narrow", "only after every runner that it relies on is in contact and has started a job"),
        (PlanStepKind.Return, "Give back", "at the end of the brownout, or as soon as anything ends it before; written down before it begins"),
        (PlanStepKind.Delete, "Delete", "cannot be undone: a new runner has a new id and token"),
    ];

    // Of a brownout.
    private bool IsTaken(PlanStepKind kind) => kind == PlanStepKind.Narrow && Steps.Any(step => step.Kind == PlanStepKind.Return);

    [Parameter, EditorRequired]
    public required IReadOnlyList<PlanStep> Steps { get; set; }

    [Parameter, EditorRequired]
    public required FleetSnapshot? Fleet { get; set; }
}
