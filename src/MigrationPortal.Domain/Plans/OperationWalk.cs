using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>Where an operation stands in its steps, forwards or backwards.</summary>
public static class OperationWalk
{
    public static bool IsGoingBack(this Operation operation) =>
        operation.State is OperationState.RollingBack or OperationState.RolledBack || operation.Steps.Any(step => step.IsRollBack);

    /// <summary>Index of the next step in the direction of travel, or null when all are done.</summary>
    public static int? NextStep(this Operation operation)
    {
        var back = operation.IsGoingBack();
        for (var at = 0; at < operation.Steps.Count; at++)
            if (operation.Steps[at].IsRollBack == back && operation.Steps[at].State is not (OperationStepState.Succeeded or OperationStepState.Skipped)) return at;
        return null;
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
