using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>Where an operation stands in its steps, forwards or backwards.</summary>
public static class OperationWalk
{
    public static bool IsGoingBack(this Operation operation) =>
        operation.State is OperationState.RollingBack or OperationState.RolledBack || operation.Steps.Any(step => step.IsRollBack);

    /// <summary>
    /// Indices of the steps that may go together next, in their order; empty when all are done. All of them widen or all
    /// narrow, each another runner; deletions go one by one. What may be under way in GitLab is settled before anything is begun.
    /// What gives a tag back goes by its time, not by its turn: <see cref="ReturnTags"/>.
    /// </summary>
    public static IReadOnlyList<int> NextWave(this Operation operation, int atMost)
    {
        var back = operation.IsGoingBack();
        var left = operation.Steps.Select((step, at) => (step, at))
            .Where(one => one.step.IsRollBack == back && one.step.Step.Kind != PlanStepKind.Return && one.step.State is not (OperationStepState.Succeeded or OperationStepState.Skipped)).ToList();
        var underWay = left.Where(one => one.step.State == OperationStepState.Running).ToList();
        if (underWay.Count > 0) left = underWay;
        if (left.Count == 0) return [];
        var (kind, runners) = (left[0].step.Step.Kind, new HashSet<RunnerId>());
        return [.. left.TakeWhile(one => one.step.Step.Kind == kind && runners.Add(one.step.Step.Runner))
            .Take(kind == PlanStepKind.Delete ? 1 : atMost).Select(one => one.at)];
    }

    /// <summary>Index of the last step on a runner in the direction of travel; there is one.</summary>
    public static int LastStepOf(this Operation operation, RunnerId runner)
    {
        var back = operation.IsGoingBack();
        return operation.Steps.Select((step, at) => (step, at)).Last(one => one.step.IsRollBack == back && one.step.Step.Runner == runner).at;
    }

    public static Operation WithStep(this Operation operation, int index, OperationStep step)
    {
        var steps = operation.Steps.ToArray();
        steps[index] = step;
        return operation with { Steps = steps };
    }

    /// <summary>What each runner that this operation touched was before it: the first thing found, by runner.</summary>
    public static IReadOnlyDictionary<RunnerId, RunnerAttributes> Originals(this Operation operation)
    {
        var originals = new Dictionary<RunnerId, RunnerAttributes>();
        foreach (var step in operation.Steps)
            if (step is { IsRollBack: false, Found: not null }) originals.TryAdd(step.Step.Runner, step.Found);
        return originals;
    }

    /// <summary>What the runners were expected to be when the direction of travel was taken.</summary>
    public static IReadOnlyDictionary<RunnerId, RunnerAttributes?> Start(this Operation operation)
    {
        var back = operation.IsGoingBack();
        var start = new Dictionary<RunnerId, RunnerAttributes?>();
        foreach (var step in operation.Steps.Where(step => step.IsRollBack == back)) start.TryAdd(step.Step.Runner, step.Step.From);
        return start;
    }

    /// <summary>What the fleet looks like when the direction of travel is walked to its end; null where a runner is deleted.</summary>
    public static IReadOnlyDictionary<RunnerId, RunnerAttributes?> Goal(this Operation operation)
    {
        var back = operation.IsGoingBack();
        return Planner.Effect(operation.Steps.Where(step => step.IsRollBack == back && step.State != OperationStepState.Skipped).Select(step => step.Step));
    }
}
