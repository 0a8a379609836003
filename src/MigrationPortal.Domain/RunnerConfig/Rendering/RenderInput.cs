using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Model;

namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>A configuration, read, with the names that all its forms use.</summary>
/// <param name="Document">A copy: a form may change it.</param>
/// <param name="Table">Of the runner.</param>
internal sealed record RenderInput(RunnerConfiguration Configuration, ConfigDocument Document, ConfigTable Table, ManagerSettings Settings, RunnerSettings Runner)
{
    public DeploymentSettings Deployment => Configuration.Deployment;

    public KubernetesSettings Kubernetes { get; } = Runner.Kubernetes ?? new KubernetesSettings();

    public string Release => Deployment.Release;

    /// <summary>The <c>config.toml</c> decides where it names a namespace.</summary>
    public string JobNamespace => Kubernetes.Namespace is { Length: > 0 } named ? named : Deployment.JobNamespace;

    /// <summary>In its own namespace a policy for all pods would cut the manager off.</summary>
    public bool IsDedicated => Deployment.JobNamespaceIsDedicated && JobNamespace != Deployment.ManagerNamespace;

    public bool HasPausePods => Kubernetes.Autoscaler is not null;

    /// <summary>Jobs at the same time, over all managers.</summary>
    public long Jobs => Deployment.Replicas * Math.Min(Settings.Concurrent ?? 10, Runner.Limit is > 0 and var limit ? limit : long.MaxValue);

    /// <summary>Seconds: the longest job and the time to say how it ended.</summary>
    public int GraceSeconds => Deployment.LongestJobSeconds + 300;

    public int MetricsPort => Settings.ListenAddress is { } address && int.TryParse(address.AsSpan(address.LastIndexOf(':') + 1), out var port) ? port : 9252;

    public YamlFields Meta(string name, string ns, YamlFields? labels = null) => new YamlFields().Add("name", name).Add("namespace", ns).Add("labels", labels ?? Labels);

    public YamlFields Labels => new YamlFields().Add("app.kubernetes.io/name", "gitlab-runner").Add("app.kubernetes.io/instance", Release);

    public static YamlFields Kind(string version, string kind, YamlFields metadata) => new YamlFields().Add("apiVersion", version).Add("kind", kind).Add("metadata", metadata);
}
