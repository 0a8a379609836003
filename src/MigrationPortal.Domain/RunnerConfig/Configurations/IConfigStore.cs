using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.RunnerConfig.Configurations;

/// <summary>Configurations with all their revisions.</summary>
public interface IConfigStore
{
    /// <summary>By name.</summary>
    Task<IReadOnlyList<StoredConfiguration>> ListAsync(InstanceId instance, CancellationToken cancel);

    Task<StoredConfiguration?> FindAsync(long id, CancellationToken cancel);

    Task<ConfigRevision?> RevisionAsync(long id, int number, CancellationToken cancel);

    /// <summary>Newest first.</summary>
    /// <param name="before">Only revisions with a lower number; null: from the newest on.</param>
    Task<IReadOnlyList<ConfigRevision>> RevisionsAsync(long id, int limit, int? before, CancellationToken cancel);

    /// <summary>Newest first, without their texts, which may be long.</summary>
    /// <inheritdoc cref="RevisionsAsync"/>
    Task<IReadOnlyList<RevisionHeader>> HeadersAsync(long id, int limit, int? before, CancellationToken cancel);

    /// <returns>Null when the name is taken.</returns>
    Task<StoredConfiguration?> AddAsync(InstanceId instance, string name, ConfigRevision first, CancellationToken cancel);

    /// <summary>Appends <paramref name="next"/> and gives the configuration its name.</summary>
    /// <returns>False when the newest revision is no longer the one before it, or the name is another one's.</returns>
    Task<bool> AppendAsync(long id, string name, ConfigRevision next, CancellationToken cancel);
}
