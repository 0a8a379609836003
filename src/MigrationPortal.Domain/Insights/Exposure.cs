namespace MigrationPortal.Domain.Insights;

/// <summary>Whether jobs ran where they were meant to run (statistics.md A.9).</summary>
/// <param name="Kubernetes">Jobs that asked for Kubernetes.</param>
/// <param name="KubernetesElsewhere">Of those, run by another executor.</param>
/// <param name="Docker">Jobs that were meant to stay on docker.</param>
/// <param name="DockerElsewhere">Of those, run by another executor.</param>
public readonly record struct Exposure(long Kubernetes, long KubernetesElsewhere, long Docker, long DockerElsewhere)
{
    /// <summary>A share that reaches it blurs the comparison too much.</summary>
    public const double Most = 0.01;

    /// <summary>Of all these jobs, in [0, 1]; null without any.</summary>
    public double? Mismatch => Kubernetes + Docker == 0 ? null : (double)(KubernetesElsewhere + DockerElsewhere) / (Kubernetes + Docker);
}
