using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Model;

namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>A configuration, read, with the names that all its forms use.</summary>
/// <param name="Document">A copy: a form may change it.</param>
/// <param name="Table">Of the runner.</param>
internal sealed record RenderInput(RunnerConfiguration Configuration, ConfigDocument Document, ConfigTable Table, ManagerSettings Settings, RunnerSettings Runner)
{
    /// <summary>Comments that no key has, so that no form has them.</summary>
    public int CommentsLost { get; init; }

    public DeploymentSettings Deployment => Configuration.Deployment;

    public KubernetesSettings Kubernetes { get; } = Runner.Kubernetes ?? new KubernetesSettings();

    public string Release => Deployment.Release;

    /// <summary>Values of the chart, or fields of a <c>Runner</c>, that were kept when it was imported.</summary>
    public YamlFields Kept { get; } = Configuration.Deployment.Extra is { } extra && YamlImport.Read(extra) is { } read ? read : new YamlFields();

    /// <summary>The manager's service account: somebody's own, kept when it was imported, else one named as the release.</summary>
    public string Account => OwnAccount ?? Release;

    /// <summary>Null: the portal's forms make the account.</summary>
    public string? OwnAccount => Field("serviceaccount") ?? (Kept["serviceAccount"] is YamlFields account
        ? (account["name"] as YamlValue)?.Text is { Length: > 0 } name ? name : account["create"] is YamlValue { Text: "false" } ? "default" : null
        : Kept["rbac"] is YamlFields { } rbac ? (rbac["serviceAccountName"] as YamlValue)?.Text is { Length: > 0 } older ? older : (rbac["generatedServiceAccountName"] as YamlValue)?.Text is { Length: > 0 } made ? made : null : null);

    private string? Field(string key) => (Kept[key] as YamlValue)?.Text is { Length: > 0 } text ? text : null;

    /// <summary>The <c>config.toml</c> decides where it names a namespace.</summary>
    public string JobNamespace => Kubernetes.Namespace is { Length: > 0 } named ? named : Deployment.JobNamespace;

    /// <summary>In its own namespace a policy for all pods would cut the manager off.</summary>
    public bool IsDedicated => Deployment.JobNamespaceIsDedicated && JobNamespace != Deployment.ManagerNamespace;

    public bool HasPausePods => Kubernetes.Autoscaler is not null;

    /// <summary>Jobs at the same time, over all managers.</summary>
    public long Jobs => Math.Max(1, Deployment.Replicas) * Math.Min(Settings.Concurrent ?? 10, Runner.Limit is > 0 and var limit ? limit : long.MaxValue);

    /// <summary>Seconds: the longest job and the time to say how it ended.</summary>
    public int GraceSeconds => Deployment.LongestJobSeconds + 300;

    public int MetricsPort => Settings.ListenAddress is { } address && address.LastIndexOf(':') is >= 0 and var colon && ushort.TryParse(address.AsSpan(colon + 1), out var port) && port > 0 ? port : 9252;

    public YamlFields Meta(string name, string ns, YamlFields? labels = null) => new YamlFields().Add("name", name).Add("namespace", ns).Add("labels", labels ?? Labels);

    public YamlFields Labels => new YamlFields().Add("app.kubernetes.io/name", "gitlab-runner").Add("app.kubernetes.io/instance", Release);

    public static YamlFields Kind(string version, string kind, YamlFields metadata) => new YamlFields().Add("apiVersion", version).Add("kind", kind).Add("metadata", metadata);
}
