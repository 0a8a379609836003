namespace MigrationPortal.Domain.Clusters.Promotion;

/// <summary>Promotions. One configuration has at most one that is active.</summary>
public interface IPromotionStore
{
    /// <returns>With its number; null when the configuration has an active one.</returns>
    Task<Promotion?> AddAsync(Promotion promotion, CancellationToken cancel);

    /// <returns>The new version; null when it is no longer as the caller read it, or another one of the configuration is active.</returns>
    Task<Promotion?> SaveAsync(Promotion promotion, CancellationToken cancel);

    Task<Promotion?> FindAsync(long configuration, long id, CancellationToken cancel);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<Promotion>> OfAsync(long configuration, int limit, long? before, CancellationToken cancel);

    /// <summary>Active ones, oldest first.</summary>
    Task<IReadOnlyList<Promotion>> OpenAsync(Shared.InstanceId instance, CancellationToken cancel);
}
