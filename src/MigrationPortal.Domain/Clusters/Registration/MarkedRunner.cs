using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Registration;

/// <summary>Finds a runner that the portal made in GitLab by its note, when nobody heard GitLab's answer.</summary>
public sealed class MarkedRunner(FreshFleet fleet)
{
    /// <returns>Its number, or none. Refuses <c>gitlab-unavailable</c>.</returns>
    public Task<Outcome<(long? Number, int Seen)>> FindAsync(ClusterRegistration of, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(of);
        return FindAsync(of.Instance, of.Note, cancel);
    }

    /// <returns>Its number, or none. Refuses <c>gitlab-unavailable</c>.</returns>
    public async Task<Outcome<(long? Number, int Seen)>> FindAsync(InstanceId instance, string note, CancellationToken cancel)
    {
        try
        {
            var runners = (await fleet.ReadAsync(instance, cancel)).Runners;
            return (runners.FirstOrDefault(one => one.Observed.MaintenanceNote == note)?.Id.Number, runners.Count);
        }
        catch (GitLabUnavailableException fault)
        {
            return Refusal.Of("gitlab-unavailable", fault.Message) with { RetryAfter = fault.RetryAfter };
        }
    }
}
