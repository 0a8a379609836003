using MigrationPortal.Domain.Clusters.Export;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>
/// Carries applications on, step by step: each is written down before the cluster is asked and again with what came of it.
/// Killed anywhere, the next turn does the step again. Called by a sweep that nobody else runs at the same time.
/// </summary>
public sealed class RunApplications(IApplicationStore applications, ApplicationSteps steps, NoteBefore note, DoStep does, ReturnSteps returns, FollowExport exports, IWorldClock clock, TimeProvider time)
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(5);

    /// <returns>How many are open, and when to look again; null: none is open.</returns>
    public async Task<(int Open, TimeSpan? Again)> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var (open, again, faults) = (0, (TimeSpan?)null, new ItemFaults());
        foreach (var one in await applications.OpenAsync(instance, cancel))
        {
            // What is wrong with one is no matter of the others.
            var wait = (TimeSpan?)Usual;
            await faults.OfAsync(async () => (wait = one.State == ApplicationState.Waiting ? await exports.RunAsync(one, cancel) : await CarryOnAsync(one, cancel)) is null, cancel);
            if (wait is null) continue;
            (open, again) = (open + 1, again is null || wait < again ? wait : again);
        }

        faults.Throw();
        return (open, again);
    }

    private async Task<TimeSpan?> CarryOnAsync(Application one, CancellationToken cancel)
    {
        var now = one;
        while (now is { IsActive: true })
        {
            if (now.Next() is not { } index)
            {
                now = await EndAsync(now, cancel);
                continue;
            }

            if (now.State == ApplicationState.Applying && !now.Steps[index].IsWrite)
            {
                now = await steps.GoAsync(now with { ContactAfter = clock.Now(now.Instance) }, ApplicationState.Verifying, Actor.Portal, null, null, cancel);
                continue;
            }

            var (next, wait) = await StepAsync(now, index, cancel);
            if (wait is not null) return wait;
            now = next;
        }

        // Somebody else went on with it: at once again, as it is now.
        return now is null ? TimeSpan.Zero : null;
    }

    private async Task<(Application? Next, TimeSpan? Wait)> StepAsync(Application of, int index, CancellationToken cancel)
    {
        var step = of.Steps[index];
        var sent = step.Kind == ApplyStepKind.Apply ? await returns.SentAsync(of, step, cancel) : null;
        if (step.Kind == ApplyStepKind.Apply && sent is null) return (await FailAsync(of, index, step, $"What {step.Object} was before is not known any more.", cancel), null);
        var stop = (StepResult?)null;
        if (step.State == ApplyStepState.Pending)
        {
            var noted = sent is null ? NotedBefore.Nothing : await note.OfAsync(of, sent, cancel);
            stop = noted.Stop;
            step = stop is null ? step with { State = ApplyStepState.Running, StartedAt = time.GetUtcNow(), Made = !noted.IsThere, Notes = noted.Notes } : step;
            if (stop is null && await steps.KeepAsync(of.WithStep(index, step), cancel) is { } begun) of = begun;
            else if (stop is null) return (null, null);
        }

        switch (stop ?? await does.RunAsync(of, step, sent, cancel))
        {
            case StepResult.Ended ended:
                var notes = ended.Template is { } template ? new StepNotes(null, null, template, []) : step.Notes;
                var after = of.WithStep(index, step with { State = ended.State, Uid = ended.Uid ?? step.Uid, Said = ended.Said, EndedAt = time.GetUtcNow(), Notes = notes });
                // From the moment that the new pods are up, who reports is one of them.
                return (await steps.KeepAsync(step.Kind == ApplyStepKind.RollOut ? after with { ContactAfter = clock.Now(of.Instance) } : after, cancel), null);
            case StepResult.Failed(var why):
                return (await FailAsync(of, index, step, why, cancel), null);
            case StepResult.Wait wait:
                return await LaterAsync(of, index, step, wait, cancel);
            default:
                throw new InvalidOperationException("A result without a case.");
        }
    }

    private async Task<(Application?, TimeSpan?)> LaterAsync(Application of, int index, ApplyStep step, StepResult.Wait wait, CancellationToken cancel)
    {
        if (time.GetUtcNow() >= of.Deadline) return (await FailAsync(of, index, step, $"Not in time. {wait.Why}", cancel), null);
        if (step.Said != wait.Why && await steps.KeepAsync(of.WithStep(index, step with { Said = wait.Why }), cancel) is null) return (null, null);
        return (of, wait.RetryAfter ?? Usual);
    }

    private async Task<Application?> FailAsync(Application of, int index, ApplyStep step, string why, CancellationToken cancel)
    {
        var failed = of.WithStep(index, step with { State = ApplyStepState.Failed, Said = why, EndedAt = time.GetUtcNow() });
        // The way back is begun by the very write that says why: a crash between two would leave it where it is.
        return of.IsGoingBack || !of.ReturnsByItself
            ? await steps.GoAsync(failed, ApplicationState.Unhealthy, Actor.Portal, of.IsGoingBack ? $"Rolling back stopped: {why}" : why, null, cancel)
            : await returns.BeginAsync(failed with { Said = why }, Actor.Portal, $"it is not well, and rolls back by itself: {why}", cancel);
    }

    private Task<Application?> EndAsync(Application of, CancellationToken cancel) =>
        of.State == ApplicationState.Applying ? steps.GoAsync(of, ApplicationState.Verifying, Actor.Portal, null, null, cancel)
        : of.IsGoingBack ? steps.GoAsync(of, ApplicationState.RolledBack, Actor.Portal, of.Said, null, cancel)
        : steps.GoAsync(of, ApplicationState.Healthy, Actor.Portal, null, null, cancel);
}
