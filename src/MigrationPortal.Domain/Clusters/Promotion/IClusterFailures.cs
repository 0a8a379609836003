using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Promotion;

/// <summary>How the jobs of a cluster's runners ended, as the portal has collected them.</summary>
public interface IClusterFailures
{
    /// <returns>Of jobs that ended since; nothing finished, where no runner of the cluster is known.</returns>
    Task<Rate> ReadAsync(long cluster, DateTimeOffset since, CancellationToken cancel);
}
