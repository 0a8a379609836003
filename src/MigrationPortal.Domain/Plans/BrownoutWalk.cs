using MigrationPortal.Domain.Fleet;

namespace MigrationPortal.Domain.Plans;

/// <summary>Where the operation of a brownout stands: taking away, in its window, or giving back.</summary>
public static class BrownoutWalk
{
    /// <summary>Whether the tag shall come back now: its time is over, or somebody or something ended it before.</summary>
    public static bool IsComingBack(this Operation operation, DateTimeOffset now) =>
        operation.Brownout is { } window && (operation.IsGoingBack() || window.Ending || now >= window.Until);

    /// <summary>Indices of the steps that give the tag back to runners that may lack it.</summary>
    public static IReadOnlyList<int> Owed(this Operation operation)
    {
        var taken = operation.Originals().Keys.ToHashSet();
        return [.. Enumerable.Range(0, operation.Steps.Count).Where(at => operation.Steps[at] is
        { Step.Kind: PlanStepKind.Return, State: OperationStepState.Pending or OperationStepState.Waiting or OperationStepState.Running or OperationStepState.Failed } step && taken.Contains(step.Step.Runner))];
    }

    /// <summary>The same operation with nothing more to take away. Pure; again and again gives the same.</summary>
    internal static Operation Ended(this Operation operation)
    {
        if (operation.Brownout is not { Ending: false } window) return operation;
        var taken = operation.Originals().Keys.ToHashSet();
        var stopped = OperationEdits.Stopped(operation.Steps.Where(step => step.Step.Kind != PlanStepKind.Return), "Interrupted: it is given back, whether it was taken or not.");
        var back = operation.Steps.Where(step => step.Step.Kind == PlanStepKind.Return)
            .Select(step => taken.Contains(step.Step.Runner) ? step : step with { State = OperationStepState.Skipped, Message = null });
        return operation with { Brownout = window with { Ending = true }, Steps = [.. stopped, .. back] };
    }

    /// <summary>The fleet as it will be once brownouts have given back what they owe: what plans, desired state and drift are about.</summary>
    /// <param name="owing">See <see cref="IOperationStore.OwingAsync"/>.</param>
    public static FleetSnapshot AsIfReturned(this FleetSnapshot fleet, IReadOnlyList<Operation> owing)
    {
        ArgumentNullException.ThrowIfNull(owing);
        foreach (var operation in owing)
        {
            var now = fleet.Runners.ToDictionary(runner => runner.Id, runner => runner.Attributes);
            fleet = fleet.With(operation.Owed().Select(at => operation.Steps[at].Step).Where(step => now.ContainsKey(step.Runner))
                .ToDictionary(step => step.Runner, step => (RunnerAttributes?)BrownoutSteps.Returned(step, now[step.Runner])));
        }
        return fleet;
    }
}
