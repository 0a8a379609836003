using MigrationPortal.Domain.Clusters.Rights;

namespace MigrationPortal.Domain.Clusters;

/// <summary>Kubernetes' API server, asked once. Never throws for what a cluster answers or does not answer but <see cref="ClusterUnavailableException"/>.</summary>
public interface IClusterGateway
{
    /// <summary>Version and who asks; a trouble is part of the answer.</summary>
    Task<ClusterProbe> ProbeAsync(ClusterAccess access, CancellationToken cancel);

    /// <summary>Which of these the cluster grants, by SelfSubjectAccessReview; in their order.</summary>
    /// <exception cref="ClusterUnavailableException">It cannot be asked.</exception>
    Task<IReadOnlyList<PermissionAnswer>> ReviewAsync(ClusterAccess access, IReadOnlyList<Permission> permissions, CancellationToken cancel);

    /// <summary>Whether the Operator's CRD for runners is there; null when that may not be seen.</summary>
    /// <exception cref="ClusterUnavailableException">It cannot be asked.</exception>
    Task<bool?> HasOperatorAsync(ClusterAccess access, CancellationToken cancel);
}

/// <param name="Version">Such as <c>v1.36.1</c>; null with a trouble.</param>
/// <param name="User">As the API server knows us; null where it cannot say (before 1.28).</param>
public sealed record ClusterProbe(string? Version, string? User, ClusterTrouble? Trouble);
