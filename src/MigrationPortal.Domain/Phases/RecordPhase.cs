using System.Text.Json;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Writes down what an ended operation reached: the phase, an evacuation, a tag decision; and takes it back when it was rolled back.</summary>
public sealed class RecordPhase(IMigrationStore migration, ChangeSettings settings) : IOperationEnded
{
    private const int Tries = 20;

    public async Task EndedAsync(Plan plan, Operation operation, CancellationToken cancel)
    {
        if (PlanTargetJson.Read(plan.Target) is not Outcome<PlanTarget>.Done { Result: var target }) return;
        if (target is PlanTarget.DecideTag tag) await DecideAsync(plan, operation, tag, cancel);
        else if (target is PlanTarget.ToPhase or PlanTarget.Evacuate) await StateAsync(operation, target, cancel);
    }

    private async Task StateAsync(Operation operation, PlanTarget target, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var state = await migration.StateAsync(operation.Instance, cancel);
            var after = operation.State == OperationState.RolledBack ? Back(state, operation) : Reached(state, operation, target);
            if (after == state || await migration.SaveStateAsync(after, cancel)) return;
        }
        throw new InvalidOperationException($"The phase of {operation.Instance} changed {Tries} times while operation {operation.Id} was recorded.");
    }

    internal static PhaseState Reached(PhaseState state, Operation operation, PlanTarget target)
    {
        if (state.History.Any(one => one.OperationId == operation.Id)) return state;
        var at = operation.EndedAt!.Value;
        var reached = target is PlanTarget.ToPhase phase
            ? new PhaseReached(phase.Phase, phase.KubernetesUntaggedPercent, phase.LegacyUntaggedPercent, false, at, operation.Id, TargetWords.Marker(phase))
            : (state.Current ?? new PhaseReached(Phase.Prepare, null, null, true, at, null, "")) with { Evacuated = true, At = at, OperationId = operation.Id, Label = "evacuated" };
        return state with { Current = reached, History = [.. state.History, reached] };
    }

    /// <summary>
    /// Only the newest reached target can be taken back, to what stood before its operation, under that one's own
    /// operation, so that it can be taken back in turn. The markers of both moments stay on the charts.
    /// </summary>
    internal static PhaseState Back(PhaseState state, Operation operation)
    {
        if (state.Current?.OperationId != operation.Id) return state;
        var index = state.History.ToList().FindIndex(one => one.OperationId == operation.Id);
        if (index <= 0) return state with { Current = null };
        var former = state.History[index - 1] with { At = operation.EndedAt!.Value };
        former = former with { Label = former.Label.StartsWith("back to ", StringComparison.Ordinal) ? former.Label : $"back to {former.Label}" };
        return state with { Current = former, History = [.. state.History, former] };
    }

    private async Task DecideAsync(Plan plan, Operation operation, PlanTarget.DecideTag tag, CancellationToken cancel)
    {
        using var json = JsonDocument.Parse(plan.Target);
        var was = json.RootElement.TryGetProperty("was", out var word) ? PlanTargetJson.ParseDecision(word.GetString()) : null;
        var decision = operation.State == OperationState.RolledBack ? was : tag.Decision;
        await settings.RunAsync(operation.Instance, operation.StartedBy, "tag.decision", $"tag/{tag.Tag}",
            before => DecideTag.With(before, tag.Tag, decision), one => DecideTag.Show(one, tag.Tag), cancel);
    }
}
