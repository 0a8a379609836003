using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>The way back, the same from wherever it begins: held, drained, removed, QA as it was. It has no deadline: what was made must not be forgotten.</summary>
public sealed class SurgeBack(SurgeSteps steps, TendRunner tend, MarkedRunner marked, SurgeManager manager, IWorldClock clock, TimeProvider time)
{
    internal Task<SurgeTurn> RunAsync(Surge of, CancellationToken cancel) => of.State switch
    {
        SurgeState.Pausing => EachAsync(of, one => !one.RunnerGone, PauseAsync, SurgeState.Draining, cancel),
        SurgeState.Draining => DrainAsync(of, cancel),
        SurgeState.Removing => EachAsync(of, one => !(one.RunnerGone && one.ObjectsGone), RemoveAsync, SurgeState.Restoring, cancel),
        SurgeState.Restoring => EachAsync(of, one => !one.QaBack, RestoreAsync, of.LentAt is null ? SurgeState.Undone : SurgeState.Ended, cancel),
        _ => throw new InvalidOperationException("A surge that is not on its way back."),
    };

    private async Task<SurgeTurn> EachAsync(Surge of, Func<LentRunner, bool> isDue, Func<Surge, LentRunner, CancellationToken, Task<(LentRunner Now, string? Wait)>> step, SurgeState then, CancellationToken cancel)
    {
        var waits = new List<string>();
        for (var index = 0; index < of.Lent.Count; index++)
        {
            if (!isDue(of.Lent[index])) continue;
            var (now, wait) = await step(of, of.Lent[index], cancel);
            if (wait is not null) waits.Add(wait);
            if (now == of.Lent[index]) continue;
            if (await steps.KeepAsync(of.With(index, now), cancel) is not { } kept) return new SurgeTurn.Went(null);
            of = kept;
        }

        return waits.Count > 0 ? new SurgeTurn.Wait(string.Join(" ", waits.Distinct()), of) : new SurgeTurn.Went(await steps.GoAsync(of, then, Actor.Portal, of.EndedFor, cancel));
    }

    private async Task<(LentRunner, string?)> PauseAsync(Surge of, LentRunner lent, CancellationToken cancel)
    {
        if (lent.Runner is null && lent.AskedGitLabAt is { } asked)
        {
            if (!(await marked.FindAsync(of.Instance, lent.Note, cancel)).TryGet(out var found, out var silent)) return (lent, string.Join(" ", silent.Reasons));
            if (found.Number is null && time.GetUtcNow() - asked < SurgeForward.OnItsWay) return (lent, "Whether GitLab has made the runner is not known yet.");
            lent = lent with { Runner = found.Number };
        }

        if (lent.Runner is not { } number) return (lent with { RunnerGone = true }, null);
        return (await tend.SetAsync(new RunnerId(of.Instance, number), now => now with { Paused = true }, Why(of), cancel)).TryGet(out var isThere, out var no) ? (lent with { RunnerGone = !isThere }, null) : (lent, string.Join(" ", no.Reasons));
    }

    private async Task<SurgeTurn> DrainAsync(Surge of, CancellationToken cancel)
    {
        var isOver = clock.Now(of.Instance) - of.Since >= of.DrainFor;
        var (left, said) = (new List<LentRunner>(), (string?)null);
        foreach (var lent in of.Lent)
        {
            if (lent.RunnerGone || lent.Runner is not { } number)
            {
                left.Add(lent with { Running = 0 });
                continue;
            }

            if (!(await tend.RunningAsync(new RunnerId(of.Instance, number), cancel)).TryGet(out var running, out var no)) said = string.Join(" ", no.Reasons);
            left.Add(no is null ? lent with { Running = running, Taken = Math.Max(lent.Taken, running) } : lent);
        }

        if (await steps.KeepAsync(of with { Lent = left }, cancel) is not { } kept) return new SurgeTurn.Went(null);
        var jobs = left.Sum(one => one.Running);
        if (isOver || (said is null && jobs == 0)) return new SurgeTurn.Went(await steps.GoAsync(kept, SurgeState.Removing, Actor.Portal, jobs > 0 ? $"{jobs} jobs were not done in time and end with their runners." : of.EndedFor, cancel));
        return new SurgeTurn.Wait(said ?? $"{jobs} {(jobs == 1 ? "job goes" : "jobs go")} on there, until {of.Since + of.DrainFor:u} at most.", kept);
    }

    private async Task<(LentRunner, string?)> RemoveAsync(Surge of, LentRunner lent, CancellationToken cancel)
    {
        string? runner = null;
        // Its token counts no more from here on, whatever the cluster does.
        if (!lent.RunnerGone) runner = (await tend.RemoveAsync(new RunnerId(of.Instance, lent.Runner!.Value), Why(of), cancel)).TryGet(out _, out var no) ? null : string.Join(" ", no.Reasons);
        // What was never put there was never begun: but who died between the two may have.
        var objects = lent.ObjectsGone || lent.State < LentState.Made ? null : await manager.RemoveAsync(lent, cancel);
        var waits = string.Join(" ", ((string?[])[runner, objects]).OfType<string>());
        return (lent with { RunnerGone = runner is null, ObjectsGone = objects is null }, waits.Length == 0 ? null : waits);
    }

    private async Task<(LentRunner, string?)> RestoreAsync(Surge of, LentRunner lent, CancellationToken cancel)
    {
        // Never looked at, so never changed.
        if (lent.WasPaused is not { } was) return (lent with { QaBack = true }, null);
        return (await tend.SetAsync(lent.Qa, now => now with { Paused = was }, Why(of), cancel)).TryGet(out _, out var no) ? (lent with { QaBack = true }, null) : (lent, string.Join(" ", no.Reasons));
    }

    private static string Why(Surge of) => $"surge {of.Id} ends: {of.EndedFor}";
}
