using MigrationPortal.Domain.Cohorts.Pins;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Sees that pins hold, says in time that they end, and takes out those whose time is over.</summary>
internal sealed class PinSweep(WatchPins pins, InstanceDirectory instances) : ISweep
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(5);

    public string Name => "pins";

    public SweepPace Pace { get; } = SweepPace.Every(Usual, TimeSpan.FromSeconds(10), Usual);

    // What is told rests on what is stored.
    public bool NeedsReadToken => false;

    public bool Concerns(InstanceId instance) => instance == instances.Production.Id;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var seen = await pins.RunAsync(instance, cancel);
        return new SweepReport(seen == new PinsWatched(0, 0, 0) ? "Every pin holds." : $"{seen.Lost} pins do not hold any more; the time of {seen.Over} is over, and {seen.TakenOut} changes are being taken out.");
    }
}
