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
/// A wave of steps on different runners: re-read them in one look, compare, write the intents down, write to GitLab side
/// by side, read back in one look, write the outcomes down. Killed anywhere, the next try finds the intents and what
/// GitLab holds, and goes on from there.
/// </summary>
internal sealed class StepRunner(IRunnerGateway gitlab, IOperationStore operations, IWorldClock clock)
{
    public const string ChangedMeanwhile = "changed-meanwhile";

    public const string GitLabRefused = "gitlab-refused";

    /// <param name="wave">Indices, ascending; see <see cref="OperationWalk.NextWave"/>. From the first that fails on, what is not yet sent is not begun.</param>
    /// <param name="insists">Roll back and evacuation: reach the step's end from whatever is found, never narrowing while widening.</param>
    /// <returns>What became of them; those not begun are missing.</returns>
    public async Task<(Operation Operation, SortedDictionary<int, StepOutcome> Outcomes)> RunAsync(Operation operation, IReadOnlyList<int> wave, bool insists, CancellationToken cancel)
    {
        var found = await gitlab.ReadAsync([.. wave.Select(index => operation.Steps[index].Step.Runner)], cancel);
        var (outcomes, writes, before) = (new SortedDictionary<int, StepOutcome>(), new List<Write>(), operation);
        for (var at = 0; at < wave.Count; at++)
        {
            var (index, step) = (wave[at], operation.Steps[wave[at]]);
            var (ended, write) = Look(step, found[at], insists);
            if (write is not null) writes.Add(write with { Index = index });
            if (ended is not null) outcomes[index] = ended;
            if (ended is StepOutcome.Done done) operation = operation.WithStep(index, Finished(step with { Found = step.Found ?? done.Now, FoundNote = step.Found is null ? Note(found[at]) : step.FoundNote }, done.Now));
            else if (ended is not null) break;
        }
        foreach (var write in writes) operation = operation.WithStep(write.Index, Intended(operation.Steps[write.Index], write));
        if (!ReferenceEquals(operation, before)) operation = await operations.SaveAsync(Going(operation), cancel);
        return writes.Count == 0 ? (operation, outcomes) : await WriteAsync(before, operation, writes, outcomes, cancel);
    }

    private static (StepOutcome? Ended, Write? Write) Look(OperationStep step, GitLabAnswer answer, bool insists)
    {
        var plan = step.Step;
        if (answer is GitLabAnswer.Gone && (plan.To is null || step.IsRollBack)) return (new StepOutcome.Done(null), null);
        if (answer is not GitLabAnswer.Runner { Attributes: var found } seen) return (Failure(plan, answer), null);
        var to = insists && plan.Kind == PlanStepKind.Widen ? found.Union(plan.To!) : plan.To;
        if (to is not null && found == to) return (new StepOutcome.Done(found), null);
        return insists || found == plan.From
            ? (null, new Write(0, to, found, seen.MaintenanceNote))
            : (new StepOutcome.Halt(ChangedMeanwhile,
                $"{plan.RunnerName} is {found.Words()}, expected was {(step.DoneAt is null ? plan.From : plan.To ?? plan.From).Words()}: somebody else changed it. Put it back and resume, or roll back."), null);
    }

    private async Task<(Operation, SortedDictionary<int, StepOutcome>)> WriteAsync(
        Operation before, Operation operation, List<Write> writes, SortedDictionary<int, StepOutcome> outcomes, CancellationToken cancel)
    {
        var sent = await SendAsync(operation, writes, cancel);
        var written = writes.Where(write => sent[write.Index] is GitLabAnswer.Runner or GitLabAnswer.Gone).ToList();
        var now = written.Count == 0 ? [] : await gitlab.ReadAsync([.. written.Select(write => operation.Steps[write.Index].Step.Runner)], cancel);
        for (var at = 0; at < written.Count; at++) outcomes[written[at].Index] = Verdict(operation.Steps[written[at].Index].Step, written[at].To, now[at]);

        var ended = operation;
        foreach (var (index, step) in writes.Select(write => (write.Index, operation.Steps[write.Index])))
        {
            if (sent[index] is GitLabAnswer.Refused or GitLabAnswer.Unavailable) outcomes[index] = Failure(step.Step, sent[index]!);
            ended = outcomes.GetValueOrDefault(index) switch
            {
                StepOutcome.Done done => ended.WithStep(index, Finished(step, done.Now)),
                StepOutcome.Halt halt => ended.WithStep(index, step with { State = OperationStepState.Failed, Message = halt.Words }),
                // Not sent: as if never begun.
                null => ended.WithStep(index, before.Steps[index]),
                // A write whose answer is not known stays under way: its intent must not be forgotten.
                _ => ended,
            };
        }
        return (ReferenceEquals(ended, operation) ? operation : await operations.SaveAsync(Going(ended), cancel), outcomes);
    }

    /// <returns>GitLab's answers by index; null where nothing was sent because another one had failed.</returns>
    private async Task<IReadOnlyDictionary<int, GitLabAnswer?>> SendAsync(Operation operation, List<Write> writes, CancellationToken cancel)
    {
        var (answers, next, failed) = (new GitLabAnswer?[writes.Count], -1, false);
        await Task.WhenAll(Enumerable.Range(0, gitlab.Concurrency(operation.Instance)).Select(_ => LaneAsync()));
        return writes.Select((write, at) => (write.Index, answers[at])).ToDictionary(one => one.Index, one => one.Item2);

        async Task LaneAsync()
        {
            while (!Volatile.Read(ref failed) && Interlocked.Increment(ref next) is var at && at < writes.Count)
            {
                var (write, step) = (writes[at], operation.Steps[writes[at].Index]);
                var answer = write.To is null
                    ? await gitlab.DeleteAsync(step.Step.Runner, cancel)
                    : await gitlab.WriteAsync(step.Step.Runner, write.To, MaintenanceNote.For(step, write.Note, operation), cancel);
                answers[at] = answer;
                if (answer is GitLabAnswer.Refused or GitLabAnswer.Unavailable) Volatile.Write(ref failed, true);
            }
        }
    }

    private static StepOutcome Verdict(PlanStep plan, RunnerAttributes? to, GitLabAnswer answer) => answer switch
    {
        GitLabAnswer.Gone when to is null => new StepOutcome.Done(null),
        GitLabAnswer.Runner now when now.Attributes == to => new StepOutcome.Done(to),
        GitLabAnswer.Runner now => new StepOutcome.Halt(ChangedMeanwhile,
            $"{plan.RunnerName} was written, but reads {now.Attributes.Words()}: somebody else changed it at the same moment."),
        var other => Failure(plan, other),
    };

    private OperationStep Intended(OperationStep step, Write write) => step with
    {
        State = OperationStepState.Running,
        Found = step.Found ?? write.Found,
        FoundNote = step.Found is null ? write.Note : step.FoundNote,
        IntentAt = clock.Now(step.Step.Runner.Instance),
        Message = null,
    };

    private OperationStep Finished(OperationStep step, RunnerAttributes? now)
    {
        var gone = now is null && step.Step.To is not null;
        return step with
        {
            State = gone ? OperationStepState.Skipped : OperationStepState.Succeeded,
            DoneAt = clock.Now(step.Step.Runner.Instance),
            Message = gone ? "The runner was deleted in GitLab: nothing to restore." : null,
        };
    }

    private static string? Note(GitLabAnswer answer) => (answer as GitLabAnswer.Runner)?.MaintenanceNote;

    private static Operation Going(Operation operation) =>
        operation.MoveTo(operation.IsGoingBack() ? OperationState.RollingBack : OperationState.Running) with { Waits = null };

    private static StepOutcome Failure(PlanStep step, GitLabAnswer answer) => answer switch
    {
        GitLabAnswer.Unavailable gone => new StepOutcome.Wait($"{step.RunnerName} cannot be reached. {gone.Message.TrimEnd('.')}.", gone.RetryAfter),
        GitLabAnswer.Refused refused => new StepOutcome.Halt(GitLabRefused, refused.Message),
        _ => new StepOutcome.Halt(ChangedMeanwhile, $"{step.RunnerName} does not exist in GitLab any more: somebody deleted it. Roll back, or abort and plan again."),
    };

    private sealed record Write(int Index, RunnerAttributes? To, RunnerAttributes Found, string? Note);
}
