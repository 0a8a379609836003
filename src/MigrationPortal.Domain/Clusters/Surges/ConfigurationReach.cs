using MigrationPortal.Domain.RunnerConfig.Rendering;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>What a configuration gives to every job that runs by it, or lets it take: things of the cluster, by name.</summary>
internal static class ConfigurationReach
{
    public static IReadOnlyList<Reachable> Of(RenderInput input, Cluster cluster)
    {
        var (kubernetes, found) = (input.Kubernetes, new List<Reachable>());
        foreach (var one in kubernetes.Volumes?.Secret ?? []) Add($"Secret {one.Name}", $"mounted at {one.MountPath}");
        foreach (var one in kubernetes.Volumes?.ConfigMap ?? []) Add($"ConfigMap {one.Name}", $"mounted at {one.MountPath}");
        foreach (var one in kubernetes.Volumes?.Pvc ?? []) Add($"volume claim {one.Name}", $"mounted at {one.MountPath}{(one.ReadOnly == true ? ", to read" : ", with what QA's jobs left there")}");
        foreach (var one in kubernetes.Volumes?.Nfs ?? []) Add($"NFS {one.Server}:{one.Path}", $"mounted at {one.MountPath}{(one.ReadOnly == true ? ", to read" : "")}");
        foreach (var one in kubernetes.Volumes?.Csi ?? []) Add($"CSI volume {one.Name}", $"mounted at {one.MountPath} by {one.Driver}");
        foreach (var one in kubernetes.Volumes?.HostPath ?? []) Add($"host path {one.Path ?? one.MountPath}", $"of the nodes, mounted at {one.MountPath}");
        foreach (var name in kubernetes.Images.ImagePullSecrets ?? []) Add($"Secret {name}", "used to pull images");
        foreach (var one in kubernetes.PodSpec ?? []) Add($"pod_spec {one.Name ?? "without a name"}", "a patch of job pods, which may mount whatever the namespace holds");
        // Kubernetes mounts it unless told not to.
        if (kubernetes.AutomountServiceAccountToken != false) Add($"token of service account {(string.IsNullOrEmpty(kubernetes.ServiceAccount) ? "default" : kubernetes.ServiceAccount)}", "mounted into job pods");
        if (kubernetes.ServiceAccountOverwriteAllowed is { Length: > 0 } accounts) Add($"service accounts that match {accounts}", "a job may choose one of them (KUBERNETES_SERVICE_ACCOUNT_OVERWRITE)");
        if (kubernetes.NamespaceOverwriteAllowed is { Length: > 0 } spaces) Add($"namespaces that match {spaces}", "a job may run in one of them (KUBERNETES_NAMESPACE_OVERWRITE)");
        if (input.Table.Table("kubernetes")?.Flag("bearer_token_overwrite_allowed") == true) Add("any token of the cluster", "a job may have its pod made with a token that it brings (KUBERNETES_BEARER_TOKEN)");
        foreach (var name in (input.Runner.Environment ?? []).Select(one => one.Split('=', 2)[0].Trim()).Where(one => one.Length > 0)) Add($"variable {name}", "set by the configuration's environment");
        return found;

        void Add(string name, string how) => found.Add(new Reachable(ReachableKind.ClusterSecret, name, null, $"{cluster.Name}, namespace {input.JobNamespace}: {how}"));
    }
}
