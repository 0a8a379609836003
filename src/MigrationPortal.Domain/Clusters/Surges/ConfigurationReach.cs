using MigrationPortal.Domain.RunnerConfig.Rendering;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>What a configuration gives to every job that runs by it: Secrets of the cluster, by name.</summary>
internal static class ConfigurationReach
{
    public static IReadOnlyList<Reachable> Of(RenderInput input, Cluster cluster)
    {
        var (kubernetes, found) = (input.Kubernetes, new List<Reachable>());
        foreach (var one in kubernetes.Volumes?.Secret ?? []) Add($"Secret {one.Name}", $"mounted at {one.MountPath}");
        foreach (var one in kubernetes.Volumes?.Csi ?? []) Add($"CSI volume {one.Name}", $"mounted at {one.MountPath} by {one.Driver}");
        foreach (var one in kubernetes.Volumes?.HostPath ?? []) Add($"host path {one.Path ?? one.MountPath}", $"of the nodes, mounted at {one.MountPath}");
        foreach (var name in kubernetes.Images.ImagePullSecrets ?? []) Add($"Secret {name}", "used to pull images");
        foreach (var one in kubernetes.PodSpec ?? []) Add($"pod_spec {one.Name ?? "without a name"}", "a patch of job pods, which may mount whatever the namespace holds");
        if (kubernetes.AutomountServiceAccountToken == true) Add($"token of service account {kubernetes.ServiceAccount ?? "default"}", "mounted into job pods");
        foreach (var name in (input.Runner.Environment ?? []).Select(one => one.Split('=', 2)[0].Trim()).Where(one => one.Length > 0)) Add($"variable {name}", "set by the configuration's environment");
        return found;

        void Add(string name, string how) => found.Add(new Reachable(ReachableKind.ClusterSecret, name, null, $"{cluster.Name}, namespace {input.JobNamespace}: {how}"));
    }
}
