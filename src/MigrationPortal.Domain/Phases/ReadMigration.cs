using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Gathers what desired state, drift and plans are computed from.</summary>
public sealed class ReadMigration(IFleetStore fleet, IJobStore jobs, IMigrationStore migration, IOperationStore operations, IWorldClock clock)
{
    /// <summary>From the last snapshot; null before the first fleet sweep.</summary>
    public async Task<DesireContext?> LatestAsync(InstanceId instance, CancellationToken cancel) =>
        await fleet.LatestAsync(instance, cancel) is { } snapshot ? await ForAsync(snapshot, cancel) : null;

    public async Task<DesireContext> ForAsync(FleetSnapshot snapshot, CancellationToken cancel) => new(
        snapshot.AsIfReturned(await operations.OwingAsync(snapshot.Instance, cancel)),
        await migration.SettingsAsync(snapshot.Instance, cancel),
        await migration.StateAsync(snapshot.Instance, cancel),
        await jobs.CensusAsync(snapshot.Instance, CensusWindow.Until(clock.Now(snapshot.Instance)), cancel))
    {
        Observed = snapshot,
    };
}
