using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>
/// Does what a fired rule asks for: rolls the last step back, or evacuates; needs no gate. Where it may not, it alerts. Each
/// operation is rolled back by itself at most once, and each state evacuated at most once: a person who turns it again decides.
/// </summary>
public sealed class ActOnGuard(
    IMigrationStore migration, LastStep last, IOperationStore operations, IPlanStore plans, RollBackOperation rollBack, Evacuate evacuate, IGuardStore store, IAuditTrail audit, INotices notices)
{
    /// <param name="evaluation">Of just now, stored.</param>
    /// <returns>What was done or why not, in a sentence; null when no rule asks for anything.</returns>
    public async Task<string?> RunAsync(GuardEvaluation evaluation, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        if (evaluation.Act < GuardAct.Hold) return null;
        var state = await migration.StateAsync(evaluation.Instance, cancel);
        var step = await last.FindAsync(state, cancel);
        var (done, operation) = await WhyNotAsync(evaluation, state, step, cancel) is { } why
            ? ($"Alert only: {why}", null)
            : evaluation.Act == GuardAct.Evacuate ? await EvacuateAsync(evaluation, cancel) : await RollBackAsync(evaluation, step!.Value.Operation.Id, cancel);
        var after = evaluation with { Done = done, OperationId = operation };
        await SaveAsync(after, step?.Operation.Id, cancel);
        // The roll back or the evacuation itself tells of its begin, with these words.
        if (operation is null) await notices.TellAsync(GuardNotices.Fired(after, step?.Operation.Id), cancel);
        return done;
    }

    // What it only alerted of is an act of its own, once for as long as it says the same.
    private async Task SaveAsync(GuardEvaluation after, long? step, CancellationToken cancel)
    {
        var before = after.OperationId is null ? (await store.NewestAsync(after.Instance, 1, after.Id, cancel)).SingleOrDefault() : null;
        var isNews = after.OperationId is null && !(before?.Done == after.Done && before?.State == after.State && before.Leading().Rule == after.Leading().Rule);
        var entry = new AuditEntry(after.At, after.Instance, Actor.Portal, "guard.alert", $"guard/{after.Id}", $"{after.LeadingRule().Title}: {after.Leading().Sentence} {after.Done}", null,
            step is { } operation ? JsonSerializer.Serialize(new { operation }) : null);
        if (!isNews) await store.SaveDoneAsync(after, cancel);
        else await audit.ChangeAsync(
            async () =>
            {
                await store.SaveDoneAsync(after, cancel);
                return (true, (AuditEntry?)entry);
            },
            cancel);
    }

    private async Task<string?> WhyNotAsync(GuardEvaluation evaluation, PhaseState state, (Operation Operation, PlanTarget.ToPhase Target)? step, CancellationToken cancel)
    {
        if (evaluation.Act == GuardAct.Hold) return "it cannot be laid on Kubernetes alone.";
        if (!state.AutomationOn) return "automation is off.";
        if (state.Current is not { Evacuated: false, Phase: var phase }) return "nothing is on Kubernetes any more.";
        if (phase < Phase.UntaggedTakeover && !(step?.Target.Phase >= Phase.UntaggedTakeover)) return "only projects that opted in run on Kubernetes, and they go back by their own tag.";
        return evaluation.Act == GuardAct.Evacuate ? await WhyNotEvacuateAsync(evaluation, state, cancel) : await WhyNotRollBackAsync(evaluation, state, step?.Operation, cancel);
    }

    private async Task<string?> WhyNotEvacuateAsync(GuardEvaluation evaluation, PhaseState state, CancellationToken cancel)
    {
        if (await operations.UnfinishedAsync(evaluation.Instance, cancel) is { } busy && await plans.FindAsync(busy.PlanId, cancel) is { } plan
            && PlanTargetJson.Read(plan.Target) is Outcome<PlanTarget>.Done { Result: PlanTarget.Evacuate })
            return $"operation {busy.Id} evacuates already.";
        return (await store.ActedSinceAsync(evaluation.Instance, state.Current!.At, cancel)).FirstOrDefault(one => one.Act == GuardAct.Evacuate) is { } before
            ? $"operation {before.OperationId} evacuated this state by itself before, and somebody turned that round."
            : null;
    }

    private async Task<string?> WhyNotRollBackAsync(GuardEvaluation evaluation, PhaseState state, Operation? operation, CancellationToken cancel)
    {
        if (operation is null) return "there is no step forward to roll back.";
        if (operation.State == OperationState.RolledBack || operation.IsGoingBack()) return $"operation {operation.Id} goes back already.";
        // The state may have been reached since the facts were read: they say nothing of it.
        if (state.Current!.At > evaluation.At) return "the state has changed since the facts were read.";
        return (await store.ActedSinceAsync(evaluation.Instance, operation.StartedAt, cancel)).Any(one => one.Act == GuardAct.RollBack && one.OperationId == operation.Id)
            ? $"operation {operation.Id} was rolled back by itself before."
            : null;
    }

    private async Task<(string Done, long? Operation)> RollBackAsync(GuardEvaluation evaluation, long operation, CancellationToken cancel)
    {
        var outcome = await rollBack.RunAsync(operation, Actor.Portal, GuardNotices.Why(evaluation), cancel);
        return outcome.Match(turned => ($"Operation {turned.Id} is being rolled back.", (long?)turned.Id), refusal => ($"The roll back of operation {operation} was refused: {string.Join(" ", refusal.Reasons)}", null));
    }

    private async Task<(string Done, long? Operation)> EvacuateAsync(GuardEvaluation evaluation, CancellationToken cancel)
    {
        var outcome = await evacuate.RunAsync(evaluation.Instance, Actor.Portal, GuardNotices.Why(evaluation), [], cancel);
        return outcome.Match(begun => ($"Operation {begun.Id} evacuates.", (long?)begun.Id), refusal => ($"Evacuation was refused: {string.Join(" ", refusal.Reasons)}", null));
    }
}
