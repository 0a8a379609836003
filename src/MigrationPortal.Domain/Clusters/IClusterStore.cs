using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters;

/// <summary>Clusters; their access is encrypted at rest and leaves the store for connecting alone.</summary>
public interface IClusterStore
{
    /// <summary>In the order of instance and name.</summary>
    /// <param name="instance">Null: of every instance.</param>
    Task<IReadOnlyList<Cluster>> ListAsync(InstanceId? instance, CancellationToken cancel);

    Task<Cluster?> FindAsync(long id, CancellationToken cancel);

    /// <returns>Null when there is no such cluster.</returns>
    /// <exception cref="AccessLostException">It cannot be decrypted any more.</exception>
    Task<ClusterAccess?> AccessAsync(long id, CancellationToken cancel);

    /// <returns>With its id and version; null when another one of the instance has that name.</returns>
    Task<Cluster?> AddAsync(Cluster cluster, ClusterAccess access, CancellationToken cancel);

    /// <param name="access">Null: it stays.</param>
    /// <returns>With its new version; null when it has another version meanwhile, is gone, or another one has that name.</returns>
    Task<Cluster?> SaveAsync(Cluster cluster, ClusterAccess? access, CancellationToken cancel);

    /// <summary>What is under way in it, such as <c>application 12 of hardened</c>. Within an audited change nothing more begins there until that has ended.</summary>
    Task<IReadOnlyList<string>> WorkAsync(long id, CancellationToken cancel);

    /// <summary>With its health, its last preflight and its drift; what was applied and registered there stays as history.</summary>
    /// <returns>False when it was not there.</returns>
    Task<bool> RemoveAsync(long id, CancellationToken cancel);
}

/// <summary>A stored access was encrypted with a key that is gone: it must be entered again.</summary>
public sealed class AccessLostException : Exception
{
    public AccessLostException()
    {
    }

    public AccessLostException(string message) : base(message)
    {
    }

    public AccessLostException(string message, Exception inner) : base(message, inner)
    {
    }
}
