using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Registration;

/// <summary>Registrations. One Secret of one cluster has at most one that is active.</summary>
public interface IRegistrationStore
{
    /// <returns>With its number; null when another one is active for the Secret.</returns>
    Task<ClusterRegistration?> AddAsync(ClusterRegistration registration, CancellationToken cancel);

    /// <returns>The new version; null when it is no longer as the caller read it.</returns>
    Task<ClusterRegistration?> SaveAsync(ClusterRegistration registration, CancellationToken cancel);

    Task<ClusterRegistration?> FindAsync(long cluster, long id, CancellationToken cancel);

    /// <summary>Those to be carried on, oldest first.</summary>
    Task<IReadOnlyList<ClusterRegistration>> OpenAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<ClusterRegistration>> ListAsync(long cluster, int limit, long? before, CancellationToken cancel);

    /// <summary>The newest that came about, for a configuration in a cluster.</summary>
    Task<ClusterRegistration?> DoneAsync(long cluster, long configuration, CancellationToken cancel);
}
