using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>The fleet as GitLab shows it at this moment, read in the operations' lane and stored, so that pages see it too.</summary>
public sealed class FreshFleet(IFleetReader reader, IFleetStore store)
{
    /// <exception cref="GitLabUnavailableException">GitLab did not answer.</exception>
    public async Task<FleetSnapshot> ReadAsync(InstanceId instance, CancellationToken cancel)
    {
        var (takenAt, runners) = await reader.ReadAsync(instance, RequestLane.Operations, cancel);
        return await store.StoreAsync(instance, takenAt, runners, cancel);
    }
}
