using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>
/// Begins scheduled flips when the instance's time has come: it wakes for the next due time, whatever the speed of the
/// instance's clock, and at every change of the schedule.
/// </summary>
internal sealed class ScheduleSweep(RunDueFlips due, IScheduleStore schedule, SweepWishes wishes, IWorldClock clock) : ISweep
{
    public const string SweepName = "schedule";

    /// <summary>Between two tries of a flip that is due and cannot begin yet, real time.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    public string Name => SweepName;

    // Also without a wake in between: a hint can be lost, and a test's clock is stepped. The lease is short, as the operation's.
    public SweepPace Pace { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(12));

    public bool NeedsReadToken => false;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var finished = await due.RunAsync(instance, cancel);
        if (finished > 0) wishes.Wish(OperationSweep.SweepName, instance);
        return new SweepReport(finished == 0 ? "Nothing is due." : $"{finished} scheduled flips handled.", await AgainAsync(instance, cancel));
    }

    private async Task<TimeSpan> AgainAsync(InstanceId instance, CancellationToken cancel)
    {
        var next = (await schedule.WaitingAsync(instance, cancel)).Where(flip => flip.MissedAt is null).Select(flip => (DateTimeOffset?)(flip.HeldUntil > flip.DueAt ? flip.HeldUntil : flip.DueAt)).Min();
        if (next is not { } at || clock.Speed(instance) is not (> 0 and var speed)) return Pace.NotAfter;
        var left = (at - clock.Now(instance)) / speed;
        return left <= TimeSpan.Zero ? Retry : left < Pace.NotAfter ? left : Pace.NotAfter;
    }
}
