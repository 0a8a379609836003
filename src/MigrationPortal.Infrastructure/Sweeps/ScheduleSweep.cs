using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Begins scheduled flips when the instance's time has come.</summary>
internal sealed class ScheduleSweep(RunDueFlips due, SweepWishes wishes) : ISweep
{
    public string Name => "schedule";

    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));

    public bool NeedsReadToken => false;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var finished = await due.RunAsync(instance, cancel);
        if (finished > 0) wishes.Wish(OperationSweep.SweepName, instance);
        return new SweepReport(finished == 0 ? "Nothing is due." : $"{finished} scheduled flips handled.");
    }
}
