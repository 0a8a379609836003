using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>Applications. One cluster has at most one that is active, and one that waits for each configuration.</summary>
public interface IApplicationStore
{
    /// <returns>With its number; null when the cluster has an active one.</returns>
    Task<Application?> AddAsync(Application application, CancellationToken cancel);

    /// <returns>The new version; null when it is no longer as the caller read it, or another one became active in the cluster.</returns>
    Task<Application?> SaveAsync(Application application, CancellationToken cancel);

    Task<Application?> FindAsync(long cluster, long id, CancellationToken cancel);

    Task<Application?> ActiveAsync(long cluster, CancellationToken cancel);

    /// <summary>Those to be carried on, oldest first.</summary>
    Task<IReadOnlyList<Application>> OpenAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>The newest that was healthy and has not been rolled back.</summary>
    Task<Application?> LastGoodAsync(long cluster, long configuration, CancellationToken cancel);

    /// <summary>The newest good one of each configuration in each cluster of the instance.</summary>
    Task<IReadOnlyList<Application>> GoodAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>Newest first.</summary>
    /// <param name="cluster">Null: of every cluster.</param>
    /// <param name="configuration">Null: of every configuration.</param>
    Task<IReadOnlyList<Application>> ListAsync(long? cluster, long? configuration, int limit, long? before, CancellationToken cancel);
}
