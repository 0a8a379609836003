using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>Verifications. One configuration has at most one that is active in a cluster.</summary>
public interface IVerificationStore
{
    /// <returns>With its number; null when the configuration has an active one in that cluster.</returns>
    Task<Verification?> AddAsync(Verification verification, CancellationToken cancel);

    /// <returns>The new version; null when it is no longer as the caller read it.</returns>
    Task<Verification?> SaveAsync(Verification verification, CancellationToken cancel);

    Task<Verification?> FindAsync(long configuration, long id, CancellationToken cancel);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<Verification>> OfAsync(long configuration, int limit, long? before, CancellationToken cancel);

    /// <summary>The newest of a revision that ended with a verdict (<see cref="Verification.HasVerdict"/>); null: there is none.</summary>
    Task<Verification?> JudgedAsync(long configuration, int revision, CancellationToken cancel);

    /// <summary>Active ones, and those whose branch is still there; oldest first.</summary>
    Task<IReadOnlyList<Verification>> OpenAsync(InstanceId instance, CancellationToken cancel);
}
