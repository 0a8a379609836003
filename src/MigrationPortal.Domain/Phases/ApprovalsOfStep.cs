using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>What the approvals gate judges by: the newest plan of the step, if the fleet is still the one that it was made for.</summary>
public sealed class ApprovalsOfStep(IPlanStore plans, IApprovalStore approvals, IFleetStore fleet, IOperationStore operations) : IStepFacts
{
    /// <summary>Of the newest plans, so many are looked through for one of this step.</summary>
    private const int Newest = 50;

    public async Task<GateFacts> AddAsync(GateFacts seen, InstanceId instance, PhasePolicy policy, PlanTarget.ToPhase target, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(seen);
        return seen with { Approvals = await ReadAsync(instance, policy, target, cancel) };
    }

    /// <summary>What the policy asks of this step, and what its plan has.</summary>
    public async Task<ApprovalFacts> ReadAsync(InstanceId instance, PhasePolicy policy, PlanTarget.ToPhase target, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var (asked, byItself) = (policy.Approvals, policy.Mode == FlipMode.Automatic);
        var found = asked.Needed == 0 ? null : await NewestAsync(instance, target, cancel);
        var fits = found is not null && await fleet.LatestAsync(instance, cancel) is { } now && Fingerprint.Of(now.AsIfReturned(await operations.OwingAsync(instance, cancel))) == found.Fingerprint;
        var given = fits ? asked.Counting(found!, await approvals.OfPlanAsync(found!.Id, cancel)).Count : 0;
        return new ApprovalFacts(asked.Needed, asked.Approvers, asked.ChangeReference, fits ? found!.Id : null, fits ? null : found?.Id, given, byItself);
    }

    private async Task<Plan?> NewestAsync(InstanceId instance, PlanTarget.ToPhase target, CancellationToken cancel)
    {
        foreach (var head in (await plans.NewestAsync(instance, Newest, null, cancel)).Where(head => head.Title == TargetWords.Title(target)))
            if (await plans.FindAsync(head.Id, cancel) is { } plan && PlanTargetJson.Read(plan.Target) is Outcome<PlanTarget>.Done { Result: PlanTarget.ToPhase to } && to == target)
                return plan;
        return null;
    }
}
