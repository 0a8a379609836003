using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Plans;

/// <summary>Reads what a plan's sheet says from the rooms that hold it.</summary>
public sealed class ReadPlanSheet(
    IPlanStore plans, IOperationStore operations, IApprovalStore approvals, ApprovalGuard approvalGuard, IEnumerable<IPlanGuard> guards, IMigrationStore migration, IGateStore gates, IProjectStore projects,
    PeopleNames people, InstanceDirectory instances, IWorldClock clock)
{
    /// <returns>Null when there is no such plan.</returns>
    public async Task<PlanSheet?> RunAsync(long id, Actor reader, CancellationToken cancel)
    {
        if (await plans.FindAsync(id, cancel) is not { } plan) return null;
        var applied = await operations.OfPlanAsync(id, cancel);
        var policy = await approvalGuard.PolicyAsync(plan, cancel);
        var given = await approvals.OfPlanAsync(id, cancel);
        var holds = new List<PlanBlocker>();
        if (applied is null)
            foreach (var guard in guards) holds.AddRange(await guard.BlockersAsync(plan, new ApplyRequest(id, reader, "asked", null, [], null), cancel));
        var (evaluation, binds) = await GatesAsync(plan, cancel);
        var known = await projects.FindAsync([.. plan.BlastRadius.Classes.SelectMany(one => one.Projects).Distinct()], cancel);
        var names = await people.OfAsync([plan.MadeBy, .. applied is null ? (Actor[])[] : [applied.StartedBy], .. given.Select(one => one.By), .. policy?.Approvers.Select(PlanApprovalsCard.Actor) ?? []], cancel);
        return PlanSheet.Of(new PlanSheetFacts(
            plan, applied, policy, given, holds, evaluation, binds, known.ToDictionary(one => one.Key, one => one.Value.Access.FullPath), names, instances.Find(plan.Instance)?.Url ?? "no longer configured", clock.Now(plan.Instance)));
    }

    private async Task<(GateEvaluation? Evaluation, bool Bind)> GatesAsync(Plan plan, CancellationToken cancel)
    {
        if (PlanTargetJson.Read(plan.Target) is not Outcome<PlanTarget>.Done { Result: PlanTarget.ToPhase target }) return (null, false);
        var state = await migration.StateAsync(plan.Instance, cancel);
        var policy = (await migration.SettingsAsync(plan.Instance, cancel)).PolicyOf(GateSteps.PhaseOf(state));
        return (GateSteps.Next(state) is { Step: var step, Target: var next } && next == target && await gates.LatestAsync(plan.Instance, cancel) is { } latest && latest.Step == step ? latest : null, policy.GatesBind);
    }
}
