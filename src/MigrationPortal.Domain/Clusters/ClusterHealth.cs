namespace MigrationPortal.Domain.Clusters;

/// <summary>What the last look at a cluster's API server said, whichever replica looked.</summary>
/// <param name="CheckedAt">Real time.</param>
/// <param name="Version">The last one known; null: never seen.</param>
/// <param name="Trouble">Null: it answered.</param>
/// <param name="TroubleSince">Real time of the first failed look in a row; null: it answered.</param>
/// <param name="Told">A notice of the trouble went out.</param>
public sealed record ClusterHealth(long Cluster, DateTimeOffset CheckedAt, string? Version, ClusterTrouble? Trouble, DateTimeOffset? TroubleSince, bool Told)
{
    public bool IsWell => Trouble is null;
}

/// <summary>The health of clusters, over all replicas.</summary>
public interface IClusterHealthStore
{
    /// <summary>A cluster that was never looked at is missing.</summary>
    Task<IReadOnlyDictionary<long, ClusterHealth>> AllAsync(CancellationToken cancel);

    Task SaveAsync(ClusterHealth health, CancellationToken cancel);
}
