using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>
/// Takes the next step by itself where its phase's policy says so, automation is on and all its gates pass. That people alone
/// keep it from the step, by a freeze window or an approval, is written to the audit trail once each time.
/// </summary>
public sealed class FlipWhenGatesPass(IMigrationStore migration, IPlanStore plans, IOperationStore operations, IGateStore gates, PlanPhase plan, ApplyPlan apply, IAuditTrail audit)
{
    private const string Held = "step.held";

    /// <param name="evaluation">Of just now.</param>
    /// <returns>What was done or why not, in a sentence; null when there is nothing to say.</returns>
    public async Task<string?> RunAsync(InstanceId instance, GateEvaluation evaluation, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        var state = await migration.StateAsync(instance, cancel);
        if (!state.AutomationOn || !(MayPlan(evaluation) || IsFrozen(evaluation))) return null;
        // The state may have moved on since the gates were read.
        if (GateSteps.Next(state) is not { Step: var step, Target: var target } || step != evaluation.Step) return null;
        if ((await migration.SettingsAsync(instance, cancel)).PolicyOf(GateSteps.PhaseOf(state)).Mode != FlipMode.Automatic) return null;
        if (IsFrozen(evaluation)) return await FrozenAsync(evaluation, cancel);
        if (await operations.UnfinishedAsync(instance, cancel) is { } busy) return $"All gates pass; operation {busy.Id} has to end first.";

        // One that waits for approvals is made so that it can be approved.
        // A plan that is held by something else stands: another one each time would fill the list for nobody.
        var last = (await plans.NewestAsync(instance, 1, null, cancel)).FirstOrDefault(head => head.MadeBy == Actor.Portal && head.Title == step.Title);
        if (last is not null && await TryAsync(last.Id, evaluation, cancel) is var (again, refused) && refused != ApplyPlan.FleetChanged) return again;
        var planned = await plan.RunAsync(instance, target, Actor.Portal, cancel);
        if (planned is not Outcome<Plan>.Done { Result: var made }) return $"All gates pass, but no plan could be made: {Words(planned)}";
        var (said, why) = await TryAsync(made.Id, evaluation, cancel);
        if (why is ApprovalGuard.Missing or ApprovalGuard.ReferenceMissing)
            await audit.AppendAsync(new AuditEntry(evaluation.Until, instance, Actor.Portal, "plan.held", $"plan/{made.Id}", said, null, JsonSerializer.Serialize(new { made.Title })), cancel);
        return said;
    }

    /// <summary>A freeze window holds the step, and nothing else but approvals.</summary>
    internal static bool IsFrozen(GateEvaluation evaluation)
    {
        var holding = evaluation.Holding.Select(reading => reading.Gate).ToList();
        return holding.Contains(CalendarGate.Name) && holding.TrueForAll(gate => gate is CalendarGate.Name or ApprovalsGate.Name);
    }

    private async Task<string> FrozenAsync(GateEvaluation evaluation, CancellationToken cancel)
    {
        var (why, subject) = (evaluation.Readings.Single(reading => reading.Gate == CalendarGate.Name).Sentence, $"gates/{evaluation.Id}");
        // As long as the gates say the same it is the same hold, whether or not it began with them.
        if (!await audit.HasAsync(evaluation.Instance, Held, subject, cancel))
            await audit.AppendAsync(new AuditEntry(evaluation.Until, evaluation.Instance, Actor.Portal, Held, subject, why, null, null), cancel);
        return $"All other gates pass, but the step is held. {why}";
    }

    private static bool MayPlan(GateEvaluation evaluation) =>
        evaluation.Verdict == GateVerdict.Pass || (evaluation.Verdict == GateVerdict.Wait && evaluation.Holding.All(reading => reading.Gate == ApprovalsGate.Name));

    private async Task<(string Said, string? Refused)> TryAsync(long made, GateEvaluation evaluation, CancellationToken cancel)
    {
        var request = new ApplyRequest(made, Actor.Portal, Why(evaluation), null, [], null) { Along = DecidedAsync };
        return (await apply.RunAsync(request, cancel)).Match<(string, string?)>(
            operation => ($"All gates pass: operation {operation.Id} began.", null),
            refusal => ($"{(evaluation.Verdict == GateVerdict.Pass ? "All gates pass" : "All other gates pass")}, but plan {made} is refused: {string.Join(" ", refusal.Reasons)}", refusal.Code));

        // The figures that it is explained by later must be those that decided, not those of the next look.
        async Task<bool> DecidedAsync(Operation operation)
        {
            await gates.SaveDecidedAsync(evaluation.Id, operation.Id, cancel);
            return true;
        }
    }

    private static string Why(GateEvaluation evaluation) =>
        $"Automatic: all {evaluation.Readings.Count - evaluation.Shadow.Count(key => evaluation.Readings.Any(reading => reading.Gate == key))} gates pass (evaluation {evaluation.Id}). {string.Join(" ", evaluation.Readings.Where(reading => reading.Gate is "no-worse" or "no-worse-all").Select(reading => reading.Sentence))}".TrimEnd();

    private static string Words<T>(Outcome<T> outcome) => outcome.Match(_ => "", refusal => string.Join(" ", refusal.Reasons));
}
