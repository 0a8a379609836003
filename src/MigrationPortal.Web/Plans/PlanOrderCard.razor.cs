using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Plans;

/// <summary>What happens in which order when the plan is applied, and the way back.</summary>
public sealed partial class PlanOrderCard
{
    [Parameter, EditorRequired]
    public required Plan Plan { get; set; }

    private IReadOnlyList<StepItem> Steps
    {
        get
        {
            var steps = new List<StepItem>();
            Add(steps, PlanStepKind.Widen, "Widen", "PUT, read back");
            var relied = Plan.Steps.SelectMany(step => step.ReliesOn).Distinct().Count();
            if (relied > 0) steps.Add(new StepItem("Verify", $"{Words.Count(relied, "runner")} served", "contact within 5 min, each started a job; waits up to 30 min"));
            if (Plan.Brownout() is { } brownout) Add(steps, PlanStepKind.Narrow, "Take away", $"PUT, read back, for {BrownoutRules.Words(brownout.Duration)}; ends at once if one was changed meanwhile");
            else Add(steps, PlanStepKind.Narrow, "Narrow", "PUT, read back; halts if one was changed meanwhile");
            Add(steps, PlanStepKind.Return, "Give back", "PUT, read back; tried until every runner has it");
            Add(steps, PlanStepKind.Delete, "Delete", "cannot be undone");
            if (steps.Count == 0) steps.Add(new StepItem("Record", "the phase as reached"));
            return steps;
        }
    }

    private void Add(List<StepItem> steps, PlanStepKind kind, string title, string detail)
    {
        var named = Plan.Steps.Where(step => step.Kind == kind).Select(step => step.RunnerName).ToList();
        if (named.Count > 0)
            steps.Add(new StepItem(title, named.Count <= 2 ? string.Join(" and ", named) : $"{named[0]} and {named.Count - 1} more", $"{named.Count} {detail}"));
    }
}
