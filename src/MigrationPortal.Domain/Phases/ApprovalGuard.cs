using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Holds a step forward until it has the approvals and the change reference that its phase asks for. The way back needs none.</summary>
public sealed class ApprovalGuard(IMigrationStore migration, IApprovalStore approvals) : IPlanGuard
{
    /// <summary>Codes of its blockers.</summary>
    public const string Missing = "approvals-missing";

    public const string ReferenceMissing = "change-reference-missing";

    public async Task<IReadOnlyList<PlanBlocker>> BlockersAsync(Plan plan, ApplyRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(request);
        if (await PolicyAsync(plan, cancel) is not { } policy) return [];
        var blockers = new List<PlanBlocker>();
        if (policy.Counting(plan, await approvals.OfPlanAsync(plan.Id, cancel)).Count is var given && given < policy.Needed)
            blockers.Add(new PlanBlocker(Missing, $"Plan {plan.Id} has {given} of {policy.Needed} approvals{(policy.Approvers.Count > 0 ? $"; approvers are {string.Join(", ", policy.Approvers)}" : "")}{(policy.Needed > 1 ? "; its author's own does not count" : "")}.", null, []));
        if (!policy.Accepts(request.ChangeReference))
            blockers.Add(new PlanBlocker(ReferenceMissing, $"A change reference that matches {policy.ChangeReference} is asked for{(request.ChangeReference is null ? "" : $", and '{request.ChangeReference}' does not")}.", null, []));
        return blockers;
    }

    /// <summary>What the plan's step asks for; null when it is no step forward.</summary>
    public async Task<ApprovalPolicy?> PolicyAsync(Plan plan, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (PlanTargetJson.Read(plan.Target) is not Outcome<PlanTarget>.Done { Result: PlanTarget.ToPhase target }) return null;
        var state = await migration.StateAsync(plan.Instance, cancel);
        return NextStep.IsForward(state.Current, target) ? (await migration.SettingsAsync(plan.Instance, cancel)).PolicyOf(GateSteps.PhaseOf(state)).Approvals : null;
    }
}
