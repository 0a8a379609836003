using MigrationPortal.Domain.RunnerConfig.Checks;

namespace MigrationPortal.Domain.RunnerConfig.Configurations;

/// <summary>What a deployment needs that stands in no <c>config.toml</c>. Stored as JSON: names are promises.</summary>
public sealed record DeploymentSettings
{
    /// <summary>Of the Helm release, of the Operator's <c>Runner</c>, or of the manager's Deployment.</summary>
    public string Release { get; init; } = "gitlab-runner";

    public string ManagerNamespace { get; init; } = "gitlab-runner";

    /// <summary>Where job pods run when the <c>config.toml</c> names no namespace.</summary>
    public string JobNamespace { get; init; } = "ci-jobs";

    /// <summary>Nothing but job pods runs in the jobs' namespace: policies may then take all of its pods.</summary>
    public bool JobNamespaceIsDedicated { get; init; } = true;

    public string GitLabUrl { get; init; } = "https://gitlab.example.com/";

    /// <summary>The Secret in the manager's namespace that holds the runner's token. The token itself is nowhere.</summary>
    public string TokenSecret { get; init; } = "gitlab-runner-token";

    /// <summary>The Secret with the keys of the cache's store; null: none, or the cloud's own identity.</summary>
    public string? CacheSecret { get; init; }

    /// <summary>The Secret with the certificate authorities of GitLab; null: public ones.</summary>
    public string? CertificateSecret { get; init; }

    /// <summary>Managers of the one runner: jobs at the same time are this many times <c>concurrent</c>. 0 (none runs) to 100.</summary>
    public int Replicas { get; init; } = 1;

    public ManagerResources Resources { get; init; } = new();

    /// <summary>Of the manager's image; null: that of the target version.</summary>
    public string? ManagerImage { get; init; }

    /// <summary>Seconds that the longest job runs: a manager that stops waits for its jobs.</summary>
    public int LongestJobSeconds { get; init; } = 7200;

    /// <summary>A stopping manager takes its entry out of GitLab.</summary>
    public bool UnregisterOnStop { get; init; } = true;

    /// <summary>Node drains leave one manager.</summary>
    public bool ManagerDisruptionBudget { get; init; }

    /// <summary>Of the Operator that applies it: an older one drops fields that it does not know.</summary>
    public string OperatorVersion { get; init; } = "1.52.0";

    /// <summary>That the jobs' namespace enforces.</summary>
    public PodSecurityLevel PodSecurity { get; init; } = PodSecurityLevel.Baseline;

    /// <summary>TCP ports that jobs reach outside, beside 443 and those of GitLab, registries and the cache.</summary>
    public IReadOnlyList<int> EgressPorts { get; init; } = [80];

    /// <summary>Places that jobs reach beside the ports above.</summary>
    public IReadOnlyList<EgressRule> Egress { get; init; } = [];

    /// <summary>Ranges that no job reaches; those of cloud metadata are always among them.</summary>
    public IReadOnlyList<string> BlockedRanges { get; init; } = [];

    /// <summary>Services that a job starts beside those of the configuration, for sums.</summary>
    public int ServicesPerJob { get; init; } = 1;

    /// <summary>Chart values, or fields of the Operator's <c>Runner</c>, that have no setting here: YAML, kept as imported.</summary>
    public string? Extra { get; init; }
}

/// <summary>Of the manager, not of jobs. Kubernetes quantities.</summary>
public sealed record ManagerResources
{
    public string? CpuRequest { get; init; } = "100m";

    public string? CpuLimit { get; init; }

    public string? MemoryRequest { get; init; } = "128Mi";

    public string? MemoryLimit { get; init; } = "512Mi";
}

/// <summary>A place that jobs may reach.</summary>
/// <param name="What">In words, for the comment.</param>
/// <param name="Cidr">Such as <c>10.2.0.0/16</c>; null: <paramref name="Namespace"/> says where.</param>
/// <param name="Namespace">A namespace of the cluster.</param>
/// <param name="Ports">TCP; empty: all.</param>
public sealed record EgressRule(string What, string? Cidr, string? Namespace, IReadOnlyList<int> Ports);
