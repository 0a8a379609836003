using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>The emergency exit in one call: stops what runs, plans from the fleet as it is now, applies.</summary>
public sealed class Evacuate(IOperationStore operations, AbortOperation abort, PlanPhase plan, ApplyPlan apply)
{
    // A write of the stopped operation may still be on its way and change the fleet between plan and apply.
    private const int Tries = 3;

    /// <summary>Refuses as <see cref="ApplyPlan"/> does; <c>no-runner</c> when legacy could not take everything.</summary>
    public async Task<Outcome<Operation>> RunAsync(InstanceId instance, Actor who, string reason, IReadOnlyList<string> overrides, CancellationToken cancel)
    {
        if (await operations.UnfinishedAsync(instance, cancel) is { } running)
            await abort.RunAsync(running.Id, who, $"Pre-empted by evacuation: {reason}", cancel);
        for (var attempt = 1; ; attempt++)
        {
            var planned = await plan.RunAsync(instance, new PlanTarget.Evacuate(), who, cancel);
            if (planned is not Outcome<Plan>.Done { Result: var made }) return ((Outcome<Plan>.Refused)planned).Refusal;
            var applied = await apply.RunAsync(new ApplyRequest(made.Id, who, reason, null, overrides, null), cancel);
            if (applied is not Outcome<Operation>.Refused { Refusal.Code: ApplyPlan.FleetChanged } || attempt == Tries) return applied;
        }
    }
}
