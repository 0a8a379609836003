using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>What the external gate judges by: those that the phase's policy names.</summary>
public sealed class ExternalsOfStep(AskExternalGates ask) : IStepFacts
{
    public async Task<GateFacts> AddAsync(GateFacts seen, InstanceId instance, PhasePolicy policy, PlanTarget.ToPhase target, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(policy);
        return seen with { External = await ask.RunAsync(instance, policy.Gates.External, cancel) };
    }
}
