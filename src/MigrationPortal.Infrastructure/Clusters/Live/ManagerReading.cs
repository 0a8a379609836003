using System.Text.RegularExpressions;
using MigrationPortal.Domain.Clusters.Live;

namespace MigrationPortal.Infrastructure.Clusters.Live;

/// <summary>Which pods and Deployments are runner managers, whoever deployed them: chart, Operator or by hand.</summary>
internal static partial class ManagerReading
{
    private const int UsualPort = 9252;

    public static bool IsManager(PodDto pod) => Container(pod.Spec) is not null;

    public static bool IsManager(DeploymentDto deployment) => Container(deployment.Spec?.Template?.Spec) is not null;

    public static ManagerDeployment Of(DeploymentDto deployment) => new(
        deployment.Metadata?.Name ?? "", Version(Container(deployment.Spec?.Template?.Spec)?.Image), deployment.Spec?.Replicas ?? 1, deployment.Status?.ReadyReplicas ?? 0,
        deployment.Status?.Conditions?.FirstOrDefault(one => (one.Type, one.Status) is ("ReplicaFailure", "True") or ("Progressing", "False")) is { } trouble ? $"{trouble.Reason}: {trouble.Message}" : null);

    public static ManagerPod Of(PodDto pod, ManagerMetrics? metrics, string? noMetrics)
    {
        var (meta, name) = (pod.Metadata!, Container(pod.Spec)?.Name);
        var status = pod.Status?.ContainerStatuses?.FirstOrDefault(one => one.Name == name);
        var phase = Enum.TryParse<PodPhase>(pod.Status?.Phase, out var known) ? known : PodPhase.Pending;
        var wait = PodReading.Signs(pod, phase).Wait();
        return new ManagerPod(
            meta.Name ?? "", Owner(meta), Version(Container(pod.Spec)?.Image), status?.Ready ?? false, status?.RestartCount ?? 0, pod.Spec?.NodeName,
            wait is null ? status?.State?.Waiting?.Reason : wait.Message ?? wait.Words, meta.CreationTimestamp ?? default, metrics, noMetrics);
    }

    /// <returns>Null when it opens none.</returns>
    public static int? MetricsPort(PodDto pod)
    {
        var ports = Container(pod.Spec)?.Ports ?? [];
        return (ports.FirstOrDefault(one => one.Name is "metrics") ?? ports.FirstOrDefault(one => one.ContainerPort == UsualPort))?.ContainerPort;
    }

    private static ContainerDto? Container(PodSpecDto? spec) => spec?.Containers?.FirstOrDefault(one =>
        one.Image is { } image && RunnerImage().IsMatch(image) && !image.Contains("gitlab-runner-helper", StringComparison.Ordinal) && !image.Contains("gitlab-runner-operator", StringComparison.Ordinal));

    // A ReplicaSet is named by its Deployment and a hash.
    private static string Owner(ObjectMeta meta)
    {
        if (meta.OwnerReferences is not [{ Name: { } owner } first, ..]) return "";
        return first.Kind == "ReplicaSet" && meta.Labels?.GetValueOrDefault("pod-template-hash") is { } hash && owner.EndsWith($"-{hash}", StringComparison.Ordinal) ? owner[..^(hash.Length + 1)] : owner;
    }

    private static string? Version(string? image)
    {
        if (image is null || image.Contains('@', StringComparison.Ordinal)) return null;
        var tag = image[(image.LastIndexOf('/') + 1)..].Split(':') is [_, var after] ? after : null;
        return tag is not null && Number().Match(tag) is { Success: true } number ? number.Value : tag;
    }

    [GeneratedRegex(@"(^|/)gitlab-runner([-/:@]|$)")]
    private static partial Regex RunnerImage();

    [GeneratedRegex(@"v?\d+\.\d+\.\d+")]
    private static partial Regex Number();
}
