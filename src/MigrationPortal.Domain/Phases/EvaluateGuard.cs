using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Asks the rules of the fast roll back while Kubernetes is in use, and stores what they say, with the evidence.</summary>
public sealed class EvaluateGuard(IMigrationStore migration, LastStep last, IOperationStore operations, IGuardFacts facts, IGuardStore store, IWorldClock clock)
{
    /// <summary>So long the overview shows what was done, and an alert that nothing was done about.</summary>
    private static readonly TimeSpan Shown = TimeSpan.FromHours(24);

    /// <returns>Null before opt-in and after an evacuation: nothing runs on Kubernetes by the portal's doing.</returns>
    public async Task<GuardEvaluation?> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var state = await migration.StateAsync(instance, cancel);
        if (state.Current is not { Evacuated: false, Phase: >= Phase.OptIn and var phase, At: var since }) return null;
        var settings = await migration.SettingsAsync(instance, cancel);
        var restored = await last.FindAsync(state, cancel) is { Operation: var operation } ? operation.Originals() : new Dictionary<RunnerId, RunnerAttributes>();
        var brownouts = (await operations.OwingAsync(instance, cancel)).Select(one => one.Brownout!.Tag).ToHashSet(StringComparer.Ordinal);
        var question = new GuardQuestion(since, restored, brownouts, settings.PolicyOf(phase).Gates.StuckAfter, await store.LatestAsync(instance, cancel));
        var seen = await facts.ReadAsync(instance, question, cancel);
        return await store.AddAsync(GuardEvaluation.Of(instance, seen), seen, cancel);
    }

    /// <summary>What people should know of: the last automatic act of a day; otherwise an alert that still stands.</summary>
    public async Task<GuardEvaluation?> ToldAsync(InstanceId instance, CancellationToken cancel)
    {
        var now = clock.Now(instance);
        var acted = await store.ActedSinceAsync(instance, now - Shown, cancel);
        if (acted.Count > 0) return acted[0];
        return await store.LatestAsync(instance, cancel) is { Act: >= GuardAct.Hold, Done: not null } latest && now - latest.At <= GuardEvaluation.Row ? latest : null;
    }
}
