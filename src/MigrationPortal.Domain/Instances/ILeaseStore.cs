namespace MigrationPortal.Domain.Instances;

/// <summary>
/// Leases by name make each sweep and each operation single over all replicas. Real time, never the instance's.
/// </summary>
public interface ILeaseStore
{
    /// <returns>The lease, or null while somebody else holds it.</returns>
    Task<Lease?> TryAcquireAsync(string name, string holder, DateTimeOffset now, TimeSpan length, CancellationToken cancel);

    /// <returns>The lease with its new expiry, or null when it was lost: stop working at once.</returns>
    Task<Lease?> RenewAsync(Lease lease, DateTimeOffset now, TimeSpan length, CancellationToken cancel);

    /// <summary>Lets go; a lease that was lost already stays with its new holder.</summary>
    Task ReleaseAsync(Lease lease, CancellationToken cancel);
}

/// <param name="Token">The fencing token: grows with each new holder, so that the writes of an older one can be refused.</param>
public sealed record Lease(string Name, string Holder, long Token, DateTimeOffset ExpiresAt);
