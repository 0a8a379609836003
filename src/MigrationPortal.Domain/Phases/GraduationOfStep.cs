using MigrationPortal.Domain.Cohorts.Graduation;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>What the gate of graduation judges by, for the step that ends the opt-in tag; nothing at a step before, nor where the tag is kept for good.</summary>
public sealed class GraduationOfStep(ReadGraduation read, IMigrationStore migration) : IStepFacts
{
    public async Task<GateFacts> AddAsync(GateFacts seen, InstanceId instance, PhasePolicy policy, PlanTarget.ToPhase target, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(target);
        if (target.Phase != Phase.RetireOptInTag || (await migration.SettingsAsync(instance, cancel)).KeepOptInTag) return seen;
        var outlook = await read.RunAsync(instance, cancel);
        return seen with { Graduation = new GraduationFacts(outlook.Moved.Count, outlook.Moved.Count(one => !one.CanGraduate || one.SaidNo), outlook.UnderWay.Count, outlook.Pinned, outlook.Graduated, outlook.Order is not null) };
    }
}
