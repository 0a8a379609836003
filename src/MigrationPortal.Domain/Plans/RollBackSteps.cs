using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>The way back of an operation: every runner it touched gets back what was found, widening before narrowing.</summary>
public static class RollBackSteps
{
    /// <summary>The same operation, rolling back. Pure; one that is already rolling back is answered as it is.</summary>
    public static Outcome<Operation> TurnRound(Operation operation)
    {
        if (operation.State == OperationState.RollingBack) return operation;
        if (!OperationTransitions.May(operation.State, OperationState.RollingBack))
            return Refusal.Of("already-rolled-back", $"Operation {operation.Id} has already been rolled back.");
        // Its own last steps are the way back.
        if (operation.Brownout is not null) return operation.Ended().MoveTo(OperationState.RollingBack) with { HaltCode = null, Waits = null, EndedAt = null };
        var deleted = operation.Steps.Where(step => step is { Step.Kind: PlanStepKind.Delete, State: OperationStepState.Succeeded or OperationStepState.Running }).Select(step => step.Step.RunnerName).ToList();
        if (deleted.Count > 0)
            return Refusal.Of("deleted-runners", $"Deleted runners cannot be restored: {string.Join(", ", deleted)}. Register new ones; they get new ids and tokens.");
        // A roll back that was halted goes on with the steps it has.
        if (operation.Steps.Any(step => step.IsRollBack) && operation.State == OperationState.Halted)
            return operation.MoveTo(OperationState.RollingBack) with { HaltCode = null, Waits = null, Steps = [.. operation.Steps.Select(Again)] };

        var stopped = OperationEdits.Stopped(operation.Steps, "Interrupted by roll back: GitLab may hold either state.");
        return operation.MoveTo(OperationState.RollingBack) with { HaltCode = null, Waits = null, EndedAt = null, Steps = [.. stopped, .. Back(operation)] };
    }

    /// <summary>
    /// One more step for a runner that is only widened on the way back and was found with more than it shall have: roll
    /// back restores what was recorded, whatever somebody else added since. Null when there is none to add.
    /// </summary>
    internal static Operation? Mend(Operation operation, RunnerId runner, RunnerAttributes found)
    {
        if (!operation.IsGoingBack() || operation.Steps[operation.LastStepOf(runner)].Step is not { Kind: PlanStepKind.Widen, To: { } to } last) return null;
        var step = new PlanStep(operation.Steps.Count + 1, PlanStepKind.Narrow, runner, last.RunnerName, found, to, [], ChangeWords.Of(found, to));
        return operation with { Steps = [.. operation.Steps, new OperationStep(step, true, OperationStepState.Pending, null, null, null, null)] };
    }

    /// <summary>What a person reads before the button: what comes back, and what does not.</summary>
    public static (IReadOnlyList<string> Restores, IReadOnlyList<string> DoesNotUndo) Words(Operation operation)
    {
        var names = operation.Steps.GroupBy(step => step.Step.Runner).ToDictionary(group => group.Key, group => group.First().Step.RunnerName);
        var deleted = operation.Steps.Where(step => step is { Step.Kind: PlanStepKind.Delete, State: OperationStepState.Succeeded }).Select(step => step.Step.RunnerName).ToList();
        List<string> not = ["Jobs that are running go on where they are.", "Merge requests that were merged stay merged."];
        if (deleted.Count > 0) not.Add($"Deleted runners stay deleted: {string.Join(", ", deleted)}.");
        return ([.. operation.Originals().OrderBy(one => one.Key.Number).Select(one => $"{names[one.Key]}: {one.Value.Words()}")], not);
    }

    private static OperationStep Again(OperationStep step) =>
        step is { IsRollBack: true, State: OperationStepState.Failed or OperationStepState.Waiting } ? step with { State = OperationStepState.Pending, IntentAt = null, Message = null } : step;

    private static IEnumerable<OperationStep> Back(Operation operation)
    {
        var order = operation.Steps.Count;
        var touched = operation.Originals().OrderBy(one => one.Key.Number).Select(one => new Touched(operation, one.Key, one.Value)).Where(one => one.Unsure || one.Now != one.Original).ToList();
        var widen = touched.Where(one => one.Unsure || one.Union != one.Now)
            .Select(one => new PlanStep(++order, PlanStepKind.Widen, one.Runner, one.Name, one.Now, one.Union, [], ChangeWords.Of(one.Now, one.Union)));
        var narrow = touched.Where(one => one.Unsure || one.Union != one.Original)
            .Select(one => new PlanStep(++order, PlanStepKind.Narrow, one.Runner, one.Name, one.Union, one.Original, [], ChangeWords.Of(one.Union, one.Original)));
        return [.. widen.ToList().Concat(narrow.ToList()).Select(step => new OperationStep(step, true, OperationStepState.Pending, null, null, null, null))];
    }

    private sealed class Touched
    {
        public Touched(Operation operation, RunnerId runner, RunnerAttributes original)
        {
            var mine = operation.Steps.Where(step => step.Step.Runner == runner && step.Found is not null && step.State != OperationStepState.Skipped).ToList();
            (Runner, Original, Name) = (runner, original, mine[0].Step.RunnerName);
            // A deletion that did not come to pass leaves the runner as it was.
            var (from, to) = (mine[^1].Step.From, mine[^1].Step.To ?? mine[^1].Step.From);
            Now = mine[^1].State == OperationStepState.Succeeded || mine[^1].IsRollBack ? to : from.Union(to);
            // A write whose answer never came, or a runner that somebody else changed: read again, whatever is recorded.
            Unsure = mine[^1].State != OperationStepState.Succeeded
                || operation.Steps.Any(step => step.Step.Runner == runner && step.State == OperationStepState.Failed);
        }

        public RunnerId Runner { get; }

        public string Name { get; }

        public RunnerAttributes Original { get; }

        public RunnerAttributes Now { get; }

        public RunnerAttributes Union => Now.Union(Original);

        public bool Unsure { get; }
    }
}
