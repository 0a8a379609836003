namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>What a cluster says of the namespace that job pods run in; null: not known.</summary>
public sealed record JobNamespaceFacts
{
    /// <summary>What admission enforces there (label <c>pod-security.kubernetes.io/enforce</c>).</summary>
    public PodSecurityLevel? PodSecurity { get; init; }

    /// <summary>Its network policies; empty: it has none.</summary>
    public IReadOnlyList<PodSelector>? NetworkPolicies { get; init; }
}

/// <summary>The Pod Security Standards of Kubernetes, the loosest first.</summary>
public enum PodSecurityLevel
{
    Privileged,
    Baseline,
    Restricted,
}
