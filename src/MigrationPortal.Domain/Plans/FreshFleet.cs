using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>The fleet as GitLab shows it at this moment, read in the operations' lane and stored, so that pages see it too.</summary>
public sealed class FreshFleet(IFleetReader reader, IFleetStore store)
{
    /// <returns>What was read now, even if the store holds one with a later time.</returns>
    /// <exception cref="GitLabUnavailableException">GitLab did not answer.</exception>
    public async Task<FleetSnapshot> ReadAsync(InstanceId instance, CancellationToken cancel)
    {
        var (takenAt, runners) = await reader.ReadAsync(instance, RequestLane.Operations, cancel);
        var known = (await store.StoreAsync(instance, takenAt, runners, cancel)).Runners.ToDictionary(runner => runner.Id);
        // A replica or a GitLab node whose clock is ahead may have stored what it read before our write: that is not what GitLab shows now.
        return new FleetSnapshot(instance, takenAt, [.. runners.OrderBy(runner => runner.Id.Number).Select(Joined)]);

        FleetRunner Joined(ObservedRunner runner) => known.TryGetValue(runner.Id, out var one) ? one with { Observed = runner } : new FleetRunner(runner, RunnerStanding.None, null);
    }
}
