using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Reads the gates of the next step and stores what they say, with the evidence.</summary>
public sealed class EvaluateGates(IMigrationStore migration, IGateFacts facts, IGuardStore guards, IOperationStore operations, IEnumerable<IStepFacts> others, IGateStore store)
{
    /// <returns>Null when no step is ahead.</returns>
    public async Task<GateEvaluation?> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var state = await migration.StateAsync(instance, cancel);
        if (GateSteps.Next(state) is not { Step: var step, Target: var target }) return null;
        var settings = await migration.SettingsAsync(instance, cancel);
        var taken = settings.PolicyOf(GateSteps.PhaseOf(state));
        var policy = taken.Gates.For(step);
        var seen = await facts.ReadAsync(instance, step, policy, settings.FallbackTag, cancel) with { RolledBack = await RolledBackAsync(instance, step, cancel) };
        foreach (var other in others) seen = await other.AddAsync(seen, instance, taken, target, cancel);
        var now = GateEvaluation.Of(instance, seen, policy);
        if (await store.LatestAsync(instance, cancel) is not { OperationId: null } latest || !latest.SaysTheSame(now)) return await store.AddAsync(now, seen, policy, cancel);
        now = now with { Id = latest.Id, From = latest.From };
        await store.ConfirmAsync(now, seen, policy, cancel);
        return now;
    }

    // By all that was ever done by itself: how long ago says nothing of whether the reason is gone.
    private async Task<int> RolledBackAsync(InstanceId instance, GateStep step, CancellationToken cancel)
    {
        var times = 0;
        foreach (var id in (await guards.ActedSinceAsync(instance, DateTimeOffset.MinValue, cancel)).Where(one => one.Act == GuardAct.RollBack).Select(one => one.OperationId!.Value).Distinct())
            if (await operations.FindAsync(id, cancel) is { Title: var title } && title == step.Title) times++;
        return times;
    }
}
