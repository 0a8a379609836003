using System.Globalization;
using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>What a run left behind.</summary>
/// <param name="Operation">Null when nothing was under way.</param>
/// <param name="RetryAfter">Real time, when GitLab named one; else the sweep's own pace.</param>
public sealed record RunReport(OperationHead? Operation, TimeSpan? RetryAfter);

/// <summary>
/// Carries the unfinished operation of an instance as far as it goes now. Called again and again by a sweep that holds
/// the instance's lease: two callers at once would interleave their writes to GitLab.
/// </summary>
public sealed class RunOperation(
    IOperationStore operations, IPlanStore plans, IRunnerGateway gitlab, FreshFleet fresh, IJobStore jobs,
    IEnumerable<IOperationBegins> listeners, EndOperation ending, IAuditTrail audit, INotices notices, IWorldClock clock)
{
    public const string NotProven = "not-proven";

    /// <summary>Halted by GitLab's own refusal: the step's message is in its words.</summary>
    public const string GitLabRefused = StepRunner.GitLabRefused;

    // Enough that the looks before and after a wave cost little; few enough that a runner is written soon after it was looked at.
    private const int StepsALane = 4;

    /// <summary>Real time within the window of a brownout.</summary>
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(10);

    private readonly ReturnTags _returns = new(gitlab, fresh, operations, clock);

    public async Task<RunReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        while (true)
        {
            await GiveBackOwedAsync(instance, cancel);
            if (await operations.UnfinishedAsync(instance, cancel) is not { } head) return new RunReport(null, null);
            if (head.State == OperationState.Halted) return new RunReport(head, null);
            if (await operations.FindAsync(head.Id, cancel) is not { } operation || operation.Version != head.Version) continue;
            try
            {
                return await GoOnAsync(operation, cancel);
            }
            catch (OperationMovedOnException)
            {
                // Somebody aborted it or turned it round: what we knew is stale, so begin with what is stored.
                cancel.ThrowIfCancellationRequested();
            }
        }
    }

    // What a pre-empted brownout took comes back before anything else is done, whoever holds the instance now.
    private async Task GiveBackOwedAsync(InstanceId instance, CancellationToken cancel)
    {
        foreach (var owing in (await operations.OwingAsync(instance, cancel)).Where(one => one.State.IsEnd()))
        {
            try
            {
                var (operation, missing, _) = await _returns.RunAsync(owing, cancel);
                if (missing is not null) continue;
                var entry = new AuditEntry(clock.Now(instance), instance, Actor.Portal, "brownout.returned", $"operation/{operation.Id}", null, null, JsonSerializer.Serialize(new { operation.Brownout!.Tag }));
                await audit.ChangeAsync<Operation>(async () => (await operations.SaveAsync(Returned(operation), cancel), entry), cancel);
            }
            catch (OperationMovedOnException)
            {
                // Somebody turned it round: then its own run gives back.
                cancel.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task<RunReport> GiveBackAsync(Plan plan, Operation operation, CancellationToken cancel)
    {
        var (given, missing, retryAfter) = await _returns.RunAsync(operation, cancel);
        return missing is null
            ? new RunReport(OperationHead.Of(await ending.RunAsync(plan, Returned(given), cancel)), null)
            : await WaitAsync(given, null, missing, retryAfter, cancel);
    }

    private async Task<RunReport> RestAsync(Operation operation, BrownoutWindow window, CancellationToken cancel)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"{window.Tag} is away until {window.Until.UtcDateTime:HH:mm:ss} UTC and comes back by itself.");
        if (operation.Waits != words) await ShowAsync(operation.Instance, cancel);
        // Somebody may end it before: the operation's events wake the sweep.
        var (left, speed) = (window.Until - clock.Now(operation.Instance), clock.Speed(operation.Instance));
        TimeSpan? rest = speed <= 0 ? null : left / speed < LongestRest ? left / speed : LongestRest;
        return (await WaitAsync(operation, null, words, null, cancel)) with { RetryAfter = rest };
    }

    private async Task ShowAsync(InstanceId instance, CancellationToken cancel)
    {
        try
        {
            await fresh.ReadAsync(instance, cancel);
        }
        catch (GitLabUnavailableException)
        {
            // Pages see what was taken away with the next sweep of the fleet.
        }
    }

    private Operation Returned(Operation operation) => operation with { Brownout = operation.Brownout! with { ReturnedAt = clock.Now(operation.Instance) } };

    private async Task<RunReport> GoOnAsync(Operation operation, CancellationToken cancel)
    {
        var plan = await plans.FindAsync(operation.PlanId, cancel) ?? throw new InvalidOperationException($"Operation {operation.Id} has no plan {operation.PlanId}.");
        var steps = new StepRunner(gitlab, operations, clock);
        var gate = new NarrowGate(fresh, jobs, gitlab, plan, clock);
        var insists = operation.IsGoingBack() || plan.IsEvacuation();
        if (operation.Steps.All(step => step is { DoneAt: null, State: not OperationStepState.Running }))
            foreach (var listener in listeners) await listener.BeginsAsync(plan, operation, cancel);

        while (operation.NextWave(gitlab.Concurrency(operation.Instance) * StepsALane) is { Count: > 0 } wave)
        {
            cancel.ThrowIfCancellationRequested();
            if (operation.IsComingBack(clock.Now(operation.Instance))) break;
            if (operation.Steps[wave[0]] is { Step.Kind: not PlanStepKind.Widen, State: not OperationStepState.Running })
            {
                (wave, var held) = await HoldAsync(gate, operation, wave, cancel);
                if (held is not null) return held;
            }

            (operation, var outcomes) = await steps.RunAsync(operation, wave, insists, cancel);
            gate.Moved(outcomes.Where(one => one.Value is StepOutcome.Done).ToDictionary(one => operation.Steps[one.Key].Step.Runner, one => ((StepOutcome.Done)one.Value).Now));
            // What only a person can mend comes before what time may mend.
            foreach (var (index, outcome) in outcomes)
                if (outcome is StepOutcome.Halt halt) return await HaltAsync(operation, index, halt.Code, halt.Words, cancel);
            foreach (var (index, outcome) in outcomes)
                if (outcome is StepOutcome.Wait wait) return await WaitAsync(operation, index, wait.Why, wait.RetryAfter, cancel);
        }
        if (operation.IsComingBack(clock.Now(operation.Instance))) return await GiveBackAsync(plan, operation, cancel);
        return operation.Brownout is { } window ? await RestAsync(operation, window, cancel) : await VerifyAsync(plan, operation, cancel);
    }

    // The steps that may go now, or the report when none may.
    private async Task<(IReadOnlyList<int> Free, RunReport? Held)> HoldAsync(NarrowGate gate, Operation operation, IReadOnlyList<int> wave, CancellationToken cancel)
    {
        try
        {
            var (free, why) = await gate.FreeAsync(operation, [.. wave.Select(at => operation.Steps[at])], cancel);
            return free > 0 ? ([.. wave.Take(free)], null) : ([], await HeldAsync(operation, wave[0], why!, cancel));
        }
        catch (GitLabUnavailableException gone)
        {
            return ([], await WaitAsync(operation, null, gone.Message, gone.RetryAfter, cancel));
        }
    }

    private async Task<RunReport> HeldAsync(Operation operation, int index, string why, CancellationToken cancel)
    {
        var since = operation.Steps[index] is { State: OperationStepState.Waiting, IntentAt: { } begun } ? begun : clock.Now(operation.Instance);
        var patience = NarrowGate.PatienceOf(operation);
        return clock.Now(operation.Instance) - since >= patience
            ? await HaltAsync(operation, index, NotProven, $"{why} Waited {(patience.TotalHours >= 1 ? $"{patience.TotalHours:0} hours" : $"{patience.TotalMinutes:0} minutes")}. Resume to wait on, or roll back.", cancel)
            : await WaitAsync(operation, index, why, null, cancel);
    }

    // At the end the whole fleet is read once more: an operation ends verified, not merely done.
    private async Task<RunReport> VerifyAsync(Plan plan, Operation operation, CancellationToken cancel)
    {
        try
        {
            var now = (await fresh.ReadAsync(operation.Instance, cancel)).Runners.ToDictionary(runner => runner.Id, runner => runner.Attributes);
            foreach (var (runner, wanted) in operation.Goal())
            {
                var found = now.GetValueOrDefault(runner);
                if (found == wanted) continue;
                if (found is not null && RollBackSteps.Mend(operation, runner, found) is { } mending)
                    return await GoOnAsync(await operations.SaveAsync(mending, cancel), cancel);
                // Beside the runner's last step, so that resume and roll back know that it is not what it was left as.
                var last = operation.LastStepOf(runner);
                return await HaltAsync(operation, last, StepRunner.ChangedMeanwhile,
                    $"All steps are done, but {operation.Steps[last].Step.RunnerName} is {found?.Words() ?? "gone"}, not {wanted?.Words() ?? "gone"}: somebody else changed it.", cancel);
            }
        }
        catch (GitLabUnavailableException gone)
        {
            return await WaitAsync(operation, null, gone.Message, gone.RetryAfter, cancel);
        }
        return new RunReport(OperationHead.Of(await ending.RunAsync(plan, operation, cancel)), null);
    }

    private async Task<RunReport> WaitAsync(Operation operation, int? index, string why, TimeSpan? retryAfter, CancellationToken cancel)
    {
        var words = retryAfter is { } pause ? $"{why} Next try in {pause.TotalSeconds:0} s." : why;
        var waiting = operation.MoveTo(operation.IsGoingBack() ? OperationState.RollingBack : OperationState.Waiting) with { Waits = words };
        // A step whose write may have reached GitLab stays under way: its intent must not be forgotten.
        if (index is { } at && operation.Steps[at] is { State: OperationStepState.Pending } step)
            waiting = waiting.WithStep(at, step with { State = OperationStepState.Waiting, IntentAt = clock.Now(operation.Instance), Message = why });
        var unchanged = waiting.State == operation.State && waiting.Waits == operation.Waits && ReferenceEquals(waiting.Steps, operation.Steps);
        return new RunReport(OperationHead.Of(unchanged ? operation : await operations.SaveAsync(waiting, cancel)), retryAfter);
    }

    private async Task<RunReport> HaltAsync(Operation operation, int? index, string code, string words, CancellationToken cancel)
    {
        if (operation.Brownout is not null) return await CalledOffAsync(operation, index, words, cancel);
        var halted = operation.MoveTo(OperationState.Halted) with { HaltCode = code, Waits = words };
        if (index is { } at) halted = halted.WithStep(at, operation.Steps[at] with { State = OperationStepState.Failed, Message = words });
        var entry = new AuditEntry(clock.Now(operation.Instance), operation.Instance, Actor.Portal, "operation.halted", $"operation/{operation.Id}", words, null,
            JsonSerializer.Serialize(new { code }));
        var saved = await audit.ChangeAsync<Operation>(
            async () =>
            {
                var stored = await operations.SaveAsync(halted, cancel);
                await notices.TellAsync(OperationNotices.Halted(operation, code, words, entry.At), cancel);
                return (stored, entry);
            },
            cancel);
        return new RunReport(OperationHead.Of(saved), null);
    }

    // A brownout never rests halted with the tag away: what stops it ends it.
    private async Task<RunReport> CalledOffAsync(Operation operation, int? index, string words, CancellationToken cancel)
    {
        if (index is { } at) operation = operation.WithStep(at, operation.Steps[at] with { State = OperationStepState.Failed, Message = words });
        var turned = ((Outcome<Operation>.Done)RollBackSteps.TurnRound(operation)).Result;
        var entry = new AuditEntry(clock.Now(operation.Instance), operation.Instance, Actor.Portal, "operation.roll-back", $"operation/{operation.Id}", words, null, null);
        var saved = await audit.ChangeAsync<Operation>(
            async () =>
            {
                var stored = await operations.SaveAsync(turned, cancel);
                await notices.TellAsync(OperationNotices.RollbackStarted(stored, Actor.Portal, words, entry.At), cancel);
                return (stored, entry);
            },
            cancel);
        return new RunReport(OperationHead.Of(saved), null);
    }
}
