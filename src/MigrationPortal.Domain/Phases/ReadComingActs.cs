using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Reads what the portal will do by itself, and why it has not yet.</summary>
public sealed class ReadComingActs(
    IMigrationStore migration, IOperationStore operations, IPlanStore plans, IScheduleStore schedule, IGateStore gates, IGuardStore guards, LastStep last, IEnumerable<IPlanGuard> planGuards, IWorldClock clock)
{
    public async Task<IReadOnlyList<ComingAct>> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var state = await migration.StateAsync(instance, cancel);
        var policy = (await migration.SettingsAsync(instance, cancel)).PolicyOf(GateSteps.PhaseOf(state));
        var step = await last.FindAsync(state, cancel) is var (operation, target) ? (OperationHead.Of(operation), target) : ((OperationHead, PlanTarget.ToPhase)?)null;
        return ComingActs.Of(new ComingFacts(
            clock.Now(instance), state, policy, await operations.UnfinishedAsync(instance, cancel), await gates.LatestAsync(instance, cancel), await guards.LatestAsync(instance, cancel), step,
            await schedule.WaitingAsync(instance, cancel), await HeldAsync(state, policy, cancel)));
    }

    // The plan that the portal made for this step, and that something else than gates has held so far.
    private async Task<(long, IReadOnlyList<string>)?> HeldAsync(PhaseState state, PhasePolicy policy, CancellationToken cancel)
    {
        if (policy.Mode != FlipMode.Automatic || GateSteps.Next(state) is not { Step: var step }) return null;
        if ((await plans.NewestAsync(state.Instance, 1, null, cancel)).FirstOrDefault(head => head.MadeBy == Actor.Portal && head.Title == step.Title) is not { } ready) return null;
        if (await plans.FindAsync(ready.Id, cancel) is not { } plan) return null;
        List<PlanBlocker> blockers = [.. plan.Blockers];
        foreach (var guard in planGuards) blockers.AddRange(await guard.BlockersAsync(plan, new ApplyRequest(plan.Id, Actor.Portal, "asked", null, [], null), cancel));
        return (plan.Id, [.. blockers.Where(blocker => blocker.Override != GateGuard.Override).Select(blocker => blocker.Message)]);
    }
}
