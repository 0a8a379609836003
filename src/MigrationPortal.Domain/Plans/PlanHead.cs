using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>What a list says of a plan. Stored beside it, so that a list reads no steps and no job classes.</summary>
/// <param name="Runners">How many different runners its steps change.</param>
/// <param name="Blockers">Their codes, in the plan's order; a code may come more than once.</param>
public sealed record PlanHead(
    long Id,
    InstanceId Instance,
    string Title,
    DateTimeOffset MadeAt,
    Actor MadeBy,
    string Fingerprint,
    int Steps,
    int Runners,
    IReadOnlyList<string> Blockers)
{
    public static PlanHead Of(Plan plan) => new(
        plan.Id, plan.Instance, plan.Title, plan.MadeAt, plan.MadeBy, plan.Fingerprint,
        plan.Steps.Count, plan.Steps.Select(step => step.Runner).Distinct().Count(), [.. plan.Blockers.Select(blocker => blocker.Code)]);
}
