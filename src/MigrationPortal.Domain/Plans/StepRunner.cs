using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>How a step ended, or why it has not yet.</summary>
internal abstract record StepOutcome
{
    private StepOutcome()
    {
    }

    public sealed record Done(RunnerAttributes? Now) : StepOutcome;

    /// <summary>Asking again later can help.</summary>
    public sealed record Wait(string Why, TimeSpan? RetryAfter) : StepOutcome;

    /// <summary>Only a person can help.</summary>
    public sealed record Halt(string Code, string Words) : StepOutcome;
}

/// <summary>
/// One step: re-read, compare, write the intent down, write to GitLab, read back, write the outcome down. Killed
/// anywhere, the next try finds the intent and what GitLab holds, and goes on from there.
/// </summary>
internal sealed class StepRunner(IRunnerGateway gitlab, IOperationStore operations, IWorldClock clock)
{
    public const string ChangedMeanwhile = "changed-meanwhile";

    public const string GitLabRefused = "gitlab-refused";

    /// <param name="insists">Roll back and evacuation: reach the step's end from whatever is found, never narrowing while widening.</param>
    public async Task<(Operation Operation, StepOutcome Outcome)> RunAsync(Operation operation, int index, bool insists, CancellationToken cancel)
    {
        var step = operation.Steps[index];
        switch (await gitlab.ReadAsync(step.Step.Runner, cancel))
        {
            case GitLabAnswer.Runner found:
                return await MoveAsync(operation, index, found.Attributes, found.MaintenanceNote, insists, cancel);
            case GitLabAnswer.Gone when step.Step.To is null || step.IsRollBack:
                return await FinishAsync(operation, index, step, null, cancel);
            case var other:
                return (operation, Failure(step.Step, other));
        }
    }

    private async Task<(Operation, StepOutcome)> MoveAsync(Operation operation, int index, RunnerAttributes found, string? note, bool insists, CancellationToken cancel)
    {
        var step = operation.Steps[index];
        var plan = step.Step;
        var to = insists && plan.Kind == PlanStepKind.Widen ? found.Union(plan.To!) : plan.To;
        if (to is not null && found == to) return await FinishAsync(operation, index, step.Found is null ? step with { Found = found, FoundNote = note } : step, found, cancel);
        if (!insists && found != plan.From)
            return (operation, new StepOutcome.Halt(ChangedMeanwhile,
                $"{plan.RunnerName} is {found.Words()}, expected was {(step.DoneAt is null ? plan.From : plan.To ?? plan.From).Words()}: somebody else changed it. Put it back and resume, or roll back."));

        operation = await operations.SaveAsync(Going(operation).WithStep(index, step with
        {
            State = OperationStepState.Running,
            Found = step.Found ?? found,
            FoundNote = step.Found is null ? note : step.FoundNote,
            IntentAt = clock.Now(operation.Instance),
            Message = null,
        }), cancel);
        step = operation.Steps[index];

        var answer = to is null ? await gitlab.DeleteAsync(plan.Runner, cancel) : await gitlab.WriteAsync(plan.Runner, to, MaintenanceNote.For(step, note, operation), cancel);
        if (answer is GitLabAnswer.Refused or GitLabAnswer.Unavailable) return (operation, Failure(plan, answer));

        return await gitlab.ReadAsync(plan.Runner, cancel) switch
        {
            GitLabAnswer.Gone when to is null => await FinishAsync(operation, index, step, null, cancel),
            GitLabAnswer.Runner now when now.Attributes == to => await FinishAsync(operation, index, step, to, cancel),
            GitLabAnswer.Runner now => (operation, new StepOutcome.Halt(ChangedMeanwhile,
                $"{plan.RunnerName} was written, but reads {now.Attributes.Words()}: somebody else changed it at the same moment.")),
            var other => (operation, Failure(plan, other)),
        };
    }

    private async Task<(Operation, StepOutcome)> FinishAsync(Operation operation, int index, OperationStep step, RunnerAttributes? now, CancellationToken cancel)
    {
        var gone = now is null && step.Step.To is not null;
        operation = await operations.SaveAsync(Going(operation).WithStep(index, step with
        {
            State = gone ? OperationStepState.Skipped : OperationStepState.Succeeded,
            DoneAt = clock.Now(operation.Instance),
            Message = gone ? "The runner was deleted in GitLab: nothing to restore." : null,
        }), cancel);
        return (operation, new StepOutcome.Done(now));
    }

    private static Operation Going(Operation operation) =>
        operation.MoveTo(operation.IsGoingBack() ? OperationState.RollingBack : OperationState.Running) with { Waits = null };

    private static StepOutcome Failure(PlanStep step, GitLabAnswer answer) => answer switch
    {
        GitLabAnswer.Unavailable gone => new StepOutcome.Wait($"{step.RunnerName} cannot be reached. {gone.Message.TrimEnd('.')}.", gone.RetryAfter),
        GitLabAnswer.Refused refused => new StepOutcome.Halt(GitLabRefused, refused.Message),
        _ => new StepOutcome.Halt(ChangedMeanwhile, $"{step.RunnerName} does not exist in GitLab any more: somebody deleted it. Roll back, or abort and plan again."),
    };
}
