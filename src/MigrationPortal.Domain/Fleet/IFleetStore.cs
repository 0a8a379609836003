using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>What the portal remembers of the fleet: the last snapshot, the admins' standings, the baselines.</summary>
public interface IFleetStore
{
    /// <summary>The newest snapshot joined with standings and baselines; null before the first sweep.</summary>
    Task<FleetSnapshot?> LatestAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>Stores what a sweep read, keeps changes as history, stamps unseen managers' executors, and answers the joined snapshot.</summary>
    Task<FleetSnapshot> StoreAsync(InstanceId instance, DateTimeOffset takenAt, IReadOnlyList<ObservedRunner> runners, CancellationToken cancel);

    /// <summary>Writes what an admin decided; a baseline stays as it is.</summary>
    Task SetStandingAsync(RunnerId runner, RunnerStanding standing, CancellationToken cancel);

    /// <summary>Writes the baselines of runners that have a standing, over those that they had.</summary>
    Task SaveBaselinesAsync(InstanceId instance, IReadOnlyDictionary<RunnerId, RunnerAttributes> baselines, CancellationToken cancel);
}
