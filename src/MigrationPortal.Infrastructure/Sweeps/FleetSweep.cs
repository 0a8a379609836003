using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Reads all runners and stores them as the newest snapshot; new ones get a proposed role, and drift is told, and put back where the policy says so.</summary>
internal sealed class FleetSweep(IFleetReader reader, IFleetStore fleet, ProposeRoles propose, WatchDrift drift, HealDrift heal, IPortalEvents events) : ISweep
{
    public string Name => "fleet";

    // A runner changed by hand should show as drift within a minute of the instance.
    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var (takenAt, runners) = await reader.ReadAsync(instance, RequestLane.Monitoring, cancel);
        var snapshot = await fleet.StoreAsync(instance, takenAt, runners, cancel);
        var proposed = await propose.RunAsync(snapshot, cancel);
        if (proposed > 0) await events.PublishAsync(new PortalEvent(PortalTopic.Fleet, instance, null), cancel);
        var healed = await heal.RunAsync(snapshot, await drift.RunAsync(snapshot, cancel), cancel);
        return new SweepReport($"{runners.Count} runners{(proposed == 0 ? "" : $", {proposed} new roles proposed")}{(healed is null ? "" : $". {healed}")}");
    }
}
