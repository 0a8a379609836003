using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Insights;
using MigrationPortal.Infrastructure.Jobs;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>
/// Counts the days that changed into the digests, newest first, sums them up, finds which job names have moved, and writes down how many
/// unmanaged docker+machine runners there are today. Asks GitLab for nothing.
/// </summary>
internal sealed class DigestSweep(DigestDays days, DigestReach reach, PlaceSums places, ClassSums classes, MoveStore moves, UnmanagedFleet unmanaged, IUnmanagedDays unmanagedDays, IPortalEvents events, IWorldClock clock, TimeProvider time) : ISweep
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(5);

    public const string SweepName = "digest";

    public string Name => SweepName;

    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromHours(1), TimeSpan.FromSeconds(10), TimeSpan.FromHours(1));

    public bool NeedsReadToken => false;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        var now = clock.Now(instance);
        var (today, since) = (DigestReading.Day(now), await reach.SinceAsync(instance, now, cancel));
        if (await unmanaged.RunAsync(instance, TimeWindow.Last(TimeSpan.FromDays(1), now), cancel) is { } fleet) await unmanagedDays.SaveAsync(instance, today, fleet.EndingByOwner, cancel);
        await classes.RefreshAsync(instance, today, cancel);
        var changed = await days.ChangedAsync(instance, since, cancel);
        if (changed.Count == 0)
        {
            // After midnight the sums are of a day more, though no day has changed; or the portal was stopped before it could sum up.
            if (await places.RefreshAsync(instance, today, cancel)) await events.PublishAsync(new PortalEvent(PortalTopic.Digests, instance, null), cancel);
            return new SweepReport("No day has changed.", await days.AnyAsync(instance, since, cancel) ? null : Soonest);
        }

        var counted = 0;
        while (counted < changed.Count && (counted == 0 || time.GetElapsedTime(began) < LongestRun))
            await days.CountAsync(instance, changed[counted++], now, cancel);
        await places.RefreshAsync(instance, today, cancel);
        var moved = await moves.FindAsync(instance, DigestReach.PagesSince(now), cancel);
        var left = changed.Count - counted;
        await events.PublishAsync(new PortalEvent(PortalTopic.Digests, instance, null), cancel);
        // Past days change again and again while the past is read: at most a twentieth of the time, a third while some are not counted at all.
        var again = left > 0 || changed.Exists(day => day < today) ? Later(Soonest, time.GetElapsedTime(began) * (left > 0 ? 2 : 20)) : (TimeSpan?)null;
        return new SweepReport($"{counted} {(counted == 1 ? "day" : "days")} counted, {moved} job {(moved == 1 ? "name has" : "names have")} moved{(left > 0 ? $"; {left} days left" : "")}.", again);
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
