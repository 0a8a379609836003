using MigrationPortal.Domain.Fleet;
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
        var (followed, wider) = await FollowAsync(of, cancel);
        if (followed is not null) return followed;
        for (var index = 0; index < of.Lent.Count; index++)
        {
            if (of.Lent[index] is { State: LentState.Loose } or { RunnerGone: true }) continue;
            var lent = of.Lent[index];
            if (!(await tend.SetAsync(new RunnerId(of.Instance, lent.Runner!.Value), seen => of.Attributes(lent.WasLoose && seen.Paused), $"surge {of.Id} lends it", cancel)).TryGet(out var isThere, out var no)) return new SurgeTurn.Wait(string.Join(" ", no.Reasons), of);
            if (await steps.KeepAsync(of.With(index, lent with { State = LentState.Loose, WasLoose = true, RunnerGone = !isThere }), cancel) is not { } loose) return new SurgeTurn.Went(null);
            of = loose;
        }

        return await WatchAsync(of, now, wider, cancel);
    }

    // What was confirmed may shrink by itself, and never grows.
    private async Task<(SurgeTurn? Turn, string? Wider)> FollowAsync(Surge of, CancellationToken cancel)
    {
        if (await migration.LatestAsync(of.Instance, cancel) is not { } context) return (null, null);
        if (!SurgeDesire.Of(of.Role, of.Like, context).TryGet(out var wanted, out var no))
            return (Ends.Contains(no.Code) ? new SurgeTurn.Went(await steps.GoAsync(of, SurgeState.Pausing, Actor.Portal, string.Join(" ", no.Reasons), cancel)) : null, null);
        var (tags, untagged) = (TagSet.Of(of.Tags.Where(tag => wanted.Tags.Contains(tag))), of.RunUntagged && wanted.RunUntagged);
        var wider = wanted.Tags.Equals(tags) && wanted.RunUntagged == untagged ? null
            : $"The phase wants such runners to take more ({wanted.Tags}{(wanted.RunUntagged ? ", untagged jobs" : "")}) than was confirmed: they stay as they are. End it and lend anew to confirm that.";
        // With nothing left they would be refused by GitLab: what was confirmed stays.
        if ((tags.Equals(TagSet.Of(of.Tags)) && untagged == of.RunUntagged) || (tags.IsEmpty && !untagged)) return (null, wider);
        var changed = of with { Tags = [.. tags], RunUntagged = untagged, Lent = [.. of.Lent.Select(one => one with { State = LentState.Up })] };
        return (new SurgeTurn.Went(await steps.KeepAsync(changed, cancel)), null);
    }

    private async Task<SurgeTurn> WatchAsync(Surge of, DateTimeOffset now, string? wider, CancellationToken cancel)
    {
        var finished = await facts.FinishedAsync(of.Instance, [.. of.Lent.Select(one => one.Runner!.Value)], cancel);
        string? said = null;
        var seen = new List<LentRunner>();
        foreach (var lent in of.Lent)
        {
            if (lent.RunnerGone)
            {
                seen.Add(lent);
                continue;
            }

            var runner = new RunnerId(of.Instance, lent.Runner!.Value);
            if (!(await tend.RunningAsync(runner, cancel)).TryGet(out var running, out var no))
            {
                said = string.Join(" ", no.Reasons);
                seen.Add(lent);
                continue;
            }

            // A job may be counted as finished a moment before it no longer runs: what was taken never shrinks.
            var taken = Math.Max(lent.Taken, finished.GetValueOrDefault(runner.Number) + running);
            var (isThere, contact) = await manager.ContactAsync(runner, cancel);
            seen.Add(lent with { Running = isThere ? running : 0, Taken = taken, ContactAt = contact ?? lent.ContactAt, RunnerGone = !isThere });
        }

        // One a minute: the newest look at each stays.
        var minute = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), now.Offset);
        var sample = new SurgeSample(minute, await facts.QueuedAsync(of.Instance, of.Attributes(paused: false), cancel), seen.Sum(one => one.Running), seen.Sum(one => one.Taken));
        await surges.AddSampleAsync(of.Id, sample, cancel);
        said ??= seen.Find(one => !one.RunnerGone && (one.ContactAt is null || now - one.ContactAt > JobMatcher.ContactLimit)) is { } silent ? $"GitLab has not heard from the manager lent by {silent.Name} since {silent.ContactAt:u}." : wider;
        if (await steps.KeepAsync(of with { Lent = seen }, cancel) is not { } kept) return new SurgeTurn.Went(null);
        return kept.Lent.All(one => one.RunnerGone) ? new SurgeTurn.Went(await steps.GoAsync(kept, SurgeState.Pausing, Actor.Portal, "Every lent runner was deleted in GitLab.", cancel)) : new SurgeTurn.Wait(said, kept);
    }
}
