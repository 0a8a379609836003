using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Takes the next step by itself where its phase's policy says so, automation is on and all its gates pass.</summary>
public sealed class FlipWhenGatesPass(IMigrationStore migration, IOperationStore operations, PlanPhase plan, ApplyPlan apply)
{
    /// <param name="evaluation">Of just now.</param>
    /// <returns>What was done or why not, in a sentence; null when there is nothing to say.</returns>
    public async Task<string?> RunAsync(InstanceId instance, GateEvaluation evaluation, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        var state = await migration.StateAsync(instance, cancel);
        if (!state.AutomationOn || evaluation.Verdict != GateVerdict.Pass) return null;
        // The state may have moved on since the gates were read.
        if (GateSteps.Next(state) is not { Step: var step, Target: var target } || step != evaluation.Step) return null;
        if ((await migration.SettingsAsync(instance, cancel)).PolicyOf(GateSteps.PhaseOf(state)).Mode != FlipMode.Automatic) return null;
        if (await operations.UnfinishedAsync(instance, cancel) is { } busy) return $"All gates pass; operation {busy.Id} has to end first.";

        var planned = await plan.RunAsync(instance, target, Actor.Portal, cancel);
        if (planned is not Outcome<Plan>.Done { Result: var made }) return $"All gates pass, but no plan could be made: {Words(planned)}";
        var applied = await apply.RunAsync(new ApplyRequest(made.Id, Actor.Portal, Why(evaluation), null, [], null), cancel);
        return applied.Match(operation => $"All gates pass: operation {operation.Id} began.", refusal => $"All gates pass, but plan {made.Id} is refused: {string.Join(" ", refusal.Reasons)}");
    }

    private static string Why(GateEvaluation evaluation) =>
        $"Automatic: all {evaluation.Readings.Count - evaluation.Shadow.Count(key => evaluation.Readings.Any(reading => reading.Gate == key))} gates pass (evaluation {evaluation.Id}). {string.Join(" ", evaluation.Readings.Where(reading => reading.Gate is "no-worse" or "no-worse-all").Select(reading => reading.Sentence))}".TrimEnd();

    private static string Words<T>(Outcome<T> outcome) => outcome.Match(_ => "", refusal => string.Join(" ", refusal.Reasons));
}
