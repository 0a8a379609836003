using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Live;
using MigrationPortal.Domain.Clusters.Rights;

namespace MigrationPortal.Web.Clusters;

/// <param name="Kind"><c>kubeconfig</c>, <c>inCluster</c> or <c>token</c>.</param>
/// <param name="CaFingerprint">SHA-256 of the cluster's CA, hex; null: the system's authorities.</param>
/// <param name="ExpiresAt">Of a client certificate or a token that says so.</param>
public sealed record ConnectionAnswer(string Kind, string Server, string? Context, string? User, string Authentication, string? CaFingerprint, DateTimeOffset? ExpiresAt)
{
    internal static ConnectionAnswer Of(ConnectionFacts one) => new(ClusterWords.Camel(one.Kind.ToString()), one.Server, one.Context, one.User, one.Authentication, one.CaFingerprint, one.ExpiresAt);
}

/// <summary>How fresh what is shown is; real time.</summary>
/// <param name="State"><c>starting</c>, <c>watching</c>, <c>relisting</c> or <c>unreachable</c>; null: not watched yet.</param>
public sealed record FreshnessAnswer(string? State, DateTimeOffset? SeenAt, DateTimeOffset? Since, string? Why, DateTimeOffset? TriesAgainAt)
{
    internal static FreshnessAnswer Of(WatchFreshness? one) => new(one is null ? null : ClusterWords.Of(one.State), one?.SeenAt, one?.Since, one?.Why?.Sentence, one?.TriesAgainAt);
}

/// <param name="Waiting">How many wait for what, such as <c>{"imagePull":3}</c>.</param>
/// <param name="ByRunner">Pods that are not done, by the runner's short token.</param>
public sealed record PodCountsAnswer(int Pending, int Running, int Done, IReadOnlyDictionary<string, int> Waiting, IReadOnlyDictionary<string, int> ByRunner)
{
    internal static PodCountsAnswer Of(PodCounts one) => new(one.Pending, one.Running, one.Done, one.Waits.ToDictionary(wait => ClusterWords.Of(wait.Key), wait => wait.Value), one.Runners);
}

/// <summary>Fractions of the instance's clusters; null where they are not known.</summary>
/// <param name="Capacity">Jobs that the managers take at the same time; null unless each of them tells.</param>
/// <param name="Unknown">Why something of this is not known.</param>
public sealed record BalanceAnswer(int Jobs, int? Capacity, double? JobShare, double? CapacityShare, string? Unknown)
{
    internal static BalanceAnswer? Of(ClusterBalance? one) => one is null ? null : new(one.Jobs, one.Capacity, one.JobShare, one.CapacityShare, one.Unknown);
}

/// <summary>How many permissions were missing at the last preflight, without what the rest works without.</summary>
public sealed record MissingAnswer(int View, int Apply, int Operator, DateTimeOffset CheckedAt)
{
    internal static MissingAnswer? Of(MissingCounts? one) => one is null ? null : new(one.View, one.Apply, one.Operator, one.CheckedAt);
}

/// <param name="KubernetesVersion">As the API server says; null: never seen.</param>
/// <param name="Trouble">Why it did not answer at the last look; null: it did, or was not looked at yet.</param>
public sealed record ClusterAnswer(
    long Id, string Name, string Instance, ConnectionAnswer Connection, IReadOnlyList<string> JobNamespaces, string ManagerNamespace, IReadOnlyList<long> RunnerIds,
    string? KubernetesVersion, string? Trouble, DateTimeOffset? TroubleSince, FreshnessAnswer Live, PodCountsAnswer Pods, BalanceAnswer? Balance, MissingAnswer? Missing)
{
    internal static ClusterAnswer Of(ClusterLine one) => new(
        one.Cluster.Id, one.Cluster.Name, one.Cluster.Instance.Name, ConnectionAnswer.Of(one.Cluster.Connection), one.Cluster.JobNamespaces, one.Cluster.ManagerNamespace, one.Cluster.RunnerIds,
        one.Health?.Version, one.Health?.Trouble?.Sentence, one.Health?.TroubleSince, FreshnessAnswer.Of(one.View?.Freshness), PodCountsAnswer.Of(one.View?.Pods ?? PodCounts.None), BalanceAnswer.Of(one.Balance), MissingAnswer.Of(one.Missing));
}

/// <param name="LookedAt">When managers, nodes and quotas were read; null: not yet.</param>
/// <param name="Managers">Null when they may not be seen.</param>
/// <param name="Nodes">Null when they may not be seen.</param>
/// <param name="Unread">What could not be read, and why.</param>
public sealed record ClusterDetail(
    ClusterAnswer Cluster, DateTimeOffset? LookedAt, IReadOnlyList<ManagerDeployment>? Deployments, IReadOnlyList<ManagerPod>? Managers, IReadOnlyList<NodeAnswer>? Nodes, IReadOnlyList<QuotaUse>? Quotas, IReadOnlyList<string> Unread)
{
    internal static ClusterDetail Of(ClusterLine one) => new(
        ClusterAnswer.Of(one), one.View?.Look?.At, one.View?.Look?.Deployments, one.View?.Look?.Managers,
        one.View?.Look?.Nodes is { } nodes ? [.. nodes.Select(node => NodeAnswer.Of(node, one.View.NodeUse.GetValueOrDefault(node.Name)))] : null, one.View?.Look?.Quotas, one.View?.Look?.Unread ?? []);
}

/// <param name="JobPods">Job pods that are not done.</param>
/// <param name="CpuMillisRequested">By job pods; other pods are not counted.</param>
/// <param name="Trouble">Why no pod goes there; null: pods may.</param>
public sealed record NodeAnswer(string Name, int CpuMillisAllocatable, long MemoryBytesAllocatable, int JobPods, int CpuMillisRequested, long MemoryBytesRequested, string? Trouble)
{
    internal static NodeAnswer Of(ClusterNode node, NodeUse use) => new(node.Name, node.CpuMillis, node.MemoryBytes, use.Pods, use.CpuMillis, use.MemoryBytes, node.Trouble);
}

/// <param name="JobId">GitLab's; null when the pod does not say.</param>
/// <param name="Runner">Short token.</param>
/// <param name="Reason">Why it waits, such as <c>unschedulable</c>; null when it does not.</param>
/// <param name="Message">Kubernetes' own words.</param>
public sealed record PodAnswer(
    string Namespace, string Name, long? JobId, string? JobUrl, long? ProjectId, string? ProjectPath, string? Runner, string Phase, string? Reason, string? Message, string? Node,
    int CpuMillis, long MemoryBytes, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt)
{
    internal static PodAnswer Of(JobPod pod, string gitLabUrl) => new(
        pod.Namespace, pod.Name, pod.Job == 0 ? null : pod.Job, UrlOf(pod, gitLabUrl), pod.Project == 0 ? null : pod.Project, pod.ProjectPath.Length == 0 ? null : pod.ProjectPath, pod.Runner.Length == 0 ? null : pod.Runner,
        ClusterWords.Of(pod.Phase), pod.Waits is { } wait ? ClusterWords.Of(wait.Kind) : null, pod.Waits?.Message, pod.Node, pod.CpuMillis, pod.MemoryBytes, pod.CreatedAt, pod.StartedAt);

    internal static string? UrlOf(JobPod pod, string gitLabUrl) => pod.Job == 0 || pod.ProjectPath.Length == 0 ? null : $"{gitLabUrl}/{pod.ProjectPath}/-/jobs/{pod.Job}";
}

/// <param name="Use"><c>view</c>, <c>apply</c> or <c>operator</c>.</param>
/// <param name="Namespace">Null: of the whole cluster.</param>
/// <param name="Optional">What is lost without it, where the rest works; else null.</param>
public sealed record PermissionLine(string Use, string Group, string Resource, string Verb, string? Namespace, bool Granted, string? Optional, string? Reason)
{
    internal static PermissionLine Of(PermissionAnswer one) => new(
        one.Permission.Use.ToString().ToLowerInvariant(), one.Permission.Group, one.Permission.Resource, one.Permission.Verb, one.Permission.Namespace, one.IsGranted, one.Permission.Optional, one.Reason);
}

/// <param name="User">As the API server knows the portal.</param>
/// <param name="HasOperator">The CRD of GitLab's Operator is there; null: it could not be seen.</param>
/// <param name="GrantYaml">Manifests that grant exactly what is missing; empty when nothing is.</param>
/// <param name="EscalationYaml">Apart, and only where the manager's role is to grant more than the portal holds: <c>escalate</c> and <c>bind</c>.</param>
/// <param name="ManagerYaml">What the service account of the runner manager itself needs.</param>
public sealed record PreflightAnswer(
    DateTimeOffset CheckedAt, string KubernetesVersion, string? User, bool? HasOperator, IReadOnlyList<PermissionLine> Permissions, string GrantYaml, string EscalationYaml, string ManagerYaml)
{
    internal static PreflightAnswer Of(Cluster cluster, PreflightReport one) => new(
        one.CheckedAt, one.Version, one.User, one.HasOperator, [.. one.Answers.Select(PermissionLine.Of)],
        one.Grant(escalating: false), one.Grant(escalating: true), ManagerRights.Yaml(cluster, ManagerRights.Name));
}
