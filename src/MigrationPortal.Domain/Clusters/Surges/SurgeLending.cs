using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>The time of lending: the runners are let loose, follow the phase, and are watched until the time is over.</summary>
public sealed class SurgeLending(SurgeSteps steps, ISurgeStore surges, ISurgeFacts facts, ReadMigration migration, TendRunner tend, SurgeManager manager, IWorldClock clock)
{
    // What the phase can say only once: everything else may be mended while they work on.
    private static readonly string[] Ends = ["evacuated", "legacy-ended"];

    internal async Task<SurgeTurn> RunAsync(Surge of, CancellationToken cancel)
    {
        var now = clock.Now(of.Instance);
        if (now >= of.Until) return new SurgeTurn.Went(await steps.GoAsync(of, SurgeState.Pausing, Actor.Portal, "Its time is over.", cancel));
        if (await FollowAsync(of, cancel) is { } followed) return followed;
        for (var index = 0; index < of.Lent.Count; index++)
        {
            if (of.Lent[index].State == LentState.Loose) continue;
            var lent = of.Lent[index];
            if (!(await tend.SetAsync(new RunnerId(of.Instance, lent.Runner!.Value), _ => of.Attributes(paused: false), $"surge {of.Id} lends it", cancel)).TryGet(out _, out var no)) return new SurgeTurn.Wait(string.Join(" ", no.Reasons), of);
            // One that somebody deleted in GitLab is seen below: it is in contact no more.
            if (await steps.KeepAsync(of.With(index, lent with { State = LentState.Loose }), cancel) is not { } loose) return new SurgeTurn.Went(null);
            of = loose;
        }

        return await WatchAsync(of, now, cancel);
    }

    /// <returns>Null: the phase wants what they are.</returns>
    private async Task<SurgeTurn?> FollowAsync(Surge of, CancellationToken cancel)
    {
        if (await migration.LatestAsync(of.Instance, cancel) is not { } context) return null;
        if (!SurgeDesire.Of(of.Role, of.Like, context).TryGet(out var wanted, out var no))
            return Ends.Contains(no.Code) ? new SurgeTurn.Went(await steps.GoAsync(of, SurgeState.Pausing, Actor.Portal, string.Join(" ", no.Reasons), cancel)) : null;
        if (wanted == of.Attributes(paused: false)) return null;
        var changed = of with { Tags = [.. wanted.Tags], RunUntagged = wanted.RunUntagged, Lent = [.. of.Lent.Select(one => one with { State = LentState.Up })] };
        return new SurgeTurn.Went(await steps.KeepAsync(changed, cancel));
    }

    private async Task<SurgeTurn> WatchAsync(Surge of, DateTimeOffset now, CancellationToken cancel)
    {
        var finished = await facts.FinishedAsync(of.Instance, [.. of.Lent.Select(one => one.Runner!.Value)], cancel);
        string? said = null;
        var seen = new List<LentRunner>();
        foreach (var lent in of.Lent)
        {
            var runner = new RunnerId(of.Instance, lent.Runner!.Value);
            if (!(await tend.RunningAsync(runner, cancel)).TryGet(out var running, out var no))
            {
                said = string.Join(" ", no.Reasons);
                seen.Add(lent);
                continue;
            }

            // A job may be counted as finished a moment before it no longer runs: what was taken never shrinks.
            var taken = Math.Max(lent.Taken, finished.GetValueOrDefault(runner.Number) + running);
            seen.Add(lent with { Running = running, Taken = taken, ContactAt = await manager.ContactAsync(runner, cancel) ?? lent.ContactAt });
        }

        var sample = new SurgeSample(now, await facts.QueuedAsync(of.Instance, of.Attributes(paused: false), cancel), seen.Sum(one => one.Running), seen.Sum(one => one.Taken));
        await surges.AddSampleAsync(of.Id, sample, cancel);
        said ??= seen.Find(one => one.ContactAt is null || now - one.ContactAt > Fleet.JobMatcher.ContactLimit) is { } silent ? $"GitLab has not heard from the manager lent by {silent.Name} since {silent.ContactAt:u}." : null;
        return await steps.KeepAsync(of with { Lent = seen }, cancel) is { } kept ? new SurgeTurn.Wait(said, kept) : new SurgeTurn.Went(null);
    }
}
