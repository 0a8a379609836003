using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>
/// The way back, the same from wherever it begins: held, drained, removed, QA as it was. It has no deadline: what was made must not be
/// forgotten. But QA waits for no cluster: its runner comes home once production's is gone.
/// </summary>
public sealed class SurgeBack(SurgeSteps steps, TendRunner tend, MarkedRunner marked, IFleetStore fleet, SurgeManager manager, ILentJobs jobs, IWorldClock clock, TimeProvider time)
{
    /// <summary>So long nothing must run before nothing is believed to run: a job taken just before the pause shows up to 50 s later.</summary>
    internal static readonly TimeSpan Quiet = TimeSpan.FromSeconds(60);

    /// <summary>How long a manager may take to end before its runner goes all the same. The world's time.</summary>
    internal static readonly TimeSpan StopPatience = TimeSpan.FromMinutes(10);

    internal Task<SurgeTurn> RunAsync(Surge of, CancellationToken cancel) => of.State switch
    {
        SurgeState.Pausing => EachAsync(of, one => !one.RunnerGone, PauseAsync, SurgeState.Draining, cancel),
        SurgeState.Draining => DrainAsync(of, cancel),
        SurgeState.Removing => EachAsync(of, one => !one.RunnerGone || !one.ObjectsGone || !one.QaBack, RemoveAsync, SurgeState.Restoring, cancel),
        SurgeState.Restoring => EachAsync(of, one => !one.QaBack, RestoreAsync, of.LentAt is null ? SurgeState.Undone : SurgeState.Ended, cancel),
        _ => throw new InvalidOperationException("A surge that is not on its way back."),
    };

    private async Task<SurgeTurn> EachAsync(Surge of, Func<LentRunner, bool> isDue, Func<Surge, LentRunner, CancellationToken, Task<BackStep>> step, SurgeState then, CancellationToken cancel)
    {
        var waits = new List<string>();
        for (var index = 0; index < of.Lent.Count; index++)
        {
            if (!isDue(of.Lent[index])) continue;
            if (of.Lent[index] is { NextTry: { } next, Trouble: { } trouble } && next > time.GetUtcNow())
            {
                waits.Add(trouble);
                continue;
            }

            var (now, wait, failed) = await step(of, of.Lent[index], cancel);
            if (wait is not null) waits.Add(wait);
            if (failed is not null) now = now.Fails(wait!, failed.RetryAfter, time.GetUtcNow());
            if (now == of.Lent[index]) continue;
            if (await steps.KeepAsync(of.With(index, now), cancel) is not { } kept) return new SurgeTurn.Went(null);
            of = kept;
        }

        return waits.Count > 0 ? new SurgeTurn.Wait(string.Join(" ", waits.Distinct()), of) : new SurgeTurn.Went(await steps.GoAsync(of, then, Actor.Portal, of.EndedFor, cancel));
    }

    private async Task<BackStep> PauseAsync(Surge of, LentRunner lent, CancellationToken cancel)
    {
        if (lent.Runner is null && lent.AskedGitLabAt is { } asked)
        {
            if (!(await marked.FindAsync(of.Instance, lent.Note, cancel)).TryGet(out var found, out var silent)) return BackStep.Fails(lent, silent);
            if (found.Number is null && time.GetUtcNow() - asked < SurgeForward.OnItsWay) return new BackStep(lent, "Whether GitLab has made the runner is not known yet.", null);
            if (found.Number is { } late) await fleet.SetStandingAsync(new RunnerId(of.Instance, late), of.Standing, cancel);
            lent = lent with { Runner = found.Number };
        }

        if (lent.Runner is not { } number) return new BackStep(lent with { RunnerGone = true }, null, null);
        return (await HoldAsync(of, number, cancel)).TryGet(out var isThere, out var no) ? new BackStep(lent with { RunnerGone = !isThere }, null, null) : BackStep.Fails(lent, no);
    }

    private Task<Outcome<bool>> HoldAsync(Surge of, long number, CancellationToken cancel) => tend.SetAsync(new RunnerId(of.Instance, number), now => now with { Paused = true }, Why(of), cancel);

    private async Task<SurgeTurn> DrainAsync(Surge of, CancellationToken cancel)
    {
        var now = clock.Now(of.Instance);
        var isOver = now - of.Since >= of.DrainFor;
        var (left, said, isQuiet) = (new List<LentRunner>(), (string?)null, true);
        foreach (var lent in of.Lent)
        {
            if (lent.RunnerGone || lent.Runner is not { } number)
            {
                left.Add(lent with { Running = 0 });
                continue;
            }

            // Somebody may have let it loose meanwhile.
            var seen = lent;
            if (!(await HoldAsync(of, number, cancel)).TryGet(out var isThere, out var no)) said = string.Join(" ", no.Reasons);
            else if (!isThere) seen = lent with { RunnerGone = true, Running = 0 };
            else if (!(await tend.RunningAsync(new RunnerId(of.Instance, number), cancel)).TryGet(out var running, out no)) said = string.Join(" ", no.Reasons);
            else seen = lent with { Running = running, Taken = Math.Max(lent.Taken, running), EmptySince = running > 0 ? null : lent.EmptySince ?? now };
            isQuiet &= seen.RunnerGone || (no is null && seen.EmptySince is { } since && now - since >= Quiet);
            left.Add(seen);
        }

        var open = left.Sum(one => one.Running);
        if (await steps.KeepAsync(of with { Lent = left }, cancel) is not { } kept) return new SurgeTurn.Went(null);
        if (isOver || isQuiet) return new SurgeTurn.Went(await steps.GoAsync(kept, SurgeState.Removing, Actor.Portal, open > 0 ? $"{open} jobs were not done in time and are cancelled." : of.EndedFor, cancel));
        return new SurgeTurn.Wait(said ?? (open == 0 ? "No job is seen there; a job that was just taken is waited for." : $"{open} {(open == 1 ? "job goes" : "jobs go")} on there, until {of.Since + of.DrainFor:u} at most."), kept);
    }

    private async Task<BackStep> RemoveAsync(Surge of, LentRunner lent, CancellationToken cancel)
    {
        var (waits, failed, since) = (new List<string>(), (Refusal?)null, clock.Now(of.Instance) - of.Since);
        // A manager ends once its jobs have; what was never put there was never begun.
        if (!lent.ManagerGone && lent is { RunnerGone: false, Runner: { } busy } && since < StopPatience && !(await jobs.CancelAsync(new RunnerId(of.Instance, busy), Why(of), cancel)).TryGet(out _, out var stuck))
            Note(string.Join(" ", stuck.Reasons), stuck);
        if (!lent.ManagerGone)
        {
            var (wait, isSilent) = lent.State < LentState.Made ? (null, false) : await manager.StopAsync(lent, cancel);
            if (wait is null || (!isSilent && since >= SurgeManager.Grace(lent) + StopPatience)) lent = lent with { ManagerGone = true };
            else Note(wait, isSilent ? Refusal.Of("cluster-unavailable", wait) : null);
        }

        if (!lent.RunnerGone && (lent.ManagerGone || since >= StopPatience))
        {
            var isGone = (await tend.RemoveAsync(new RunnerId(of.Instance, lent.Runner!.Value), Why(of), lent.RemovalTold, cancel)).TryGet(out _, out var no);
            lent = lent with { RunnerGone = isGone, RemovalTold = true };
            if (no is not null) Note(string.Join(" ", no.Reasons), no);
        }

        if (lent is { RunnerGone: true, QaBack: false })
        {
            var back = await RestoreAsync(of, lent, cancel);
            lent = back.Now;
            if (back.Wait is { } wait) Note(wait, back.Failed);
        }

        if (lent is { ManagerGone: true, ObjectsGone: false })
        {
            var (wait, isSilent) = lent.State < LentState.Made ? (null, false) : await manager.RemoveAsync(lent, cancel);
            if (wait is null) lent = lent with { ObjectsGone = true };
            else Note(wait, isSilent ? Refusal.Of("cluster-unavailable", wait) : null);
        }

        return new BackStep(lent, waits.Count == 0 ? null : string.Join(" ", waits), failed);

        void Note(string wait, Refusal? no)
        {
            waits.Add(wait);
            failed ??= no;
        }
    }

    private async Task<BackStep> RestoreAsync(Surge of, LentRunner lent, CancellationToken cancel)
    {
        // Never looked at, so never changed.
        if (lent.WasPaused is not { } was) return new BackStep(lent with { QaBack = true }, null, null);
        return (await tend.SetAsync(lent.Qa, now => now with { Paused = was }, Why(of), cancel)).TryGet(out _, out var no) ? new BackStep(lent with { QaBack = true }, null, null) : BackStep.Fails(lent, no);
    }

    private static string Why(Surge of) => $"surge {of.Id} ends: {of.EndedFor}";

    /// <param name="Wait">Null: done.</param>
    /// <param name="Failed">It is tried again after a pause; null: it waits for what goes on by itself.</param>
    private sealed record BackStep(LentRunner Now, string? Wait, Refusal? Failed)
    {
        public static BackStep Fails(LentRunner lent, Refusal no) => new(lent, string.Join(" ", no.Reasons), no);
    }
}
