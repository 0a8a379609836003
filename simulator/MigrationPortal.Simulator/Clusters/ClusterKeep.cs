using System.Text.Json.Nodes;
using MigrationPortal.Kubernetes;

namespace MigrationPortal.Simulator;

/// <summary>What of a cluster outlives the process: what people and controllers made, not what every cluster has by itself.</summary>
internal static class ClusterKeep
{
    // In the order in which they can be made again.
    private static readonly string[] Resources =
    [
        "customresourcedefinitions.apiextensions.k8s.io", "namespaces", "priorityclasses.scheduling.k8s.io",
        "clusterroles.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io", "serviceaccounts", "configmaps", "secrets",
        "services", "persistentvolumeclaims", "limitranges", "resourcequotas", "networkpolicies.networking.k8s.io",
        "poddisruptionbudgets.policy", "roles.rbac.authorization.k8s.io", "rolebindings.rbac.authorization.k8s.io",
        "runners.apps.gitlab.com", "deployments.apps", "replicasets.apps", "leases.coordination.k8s.io",
    ];

    private static readonly string[] OfEveryCluster = ["default", "kube-node-lease", "kube-public", "kube-system", "kube-root-ca.crt", "cluster-admin"];

    public static IReadOnlyList<JsonObject> Of(ClusterObjects objects, ManagerKeeper managers) =>
    [
        .. Resources.Where(objects.Serves).SelectMany(resource => objects.List(resource)).Where(item =>
            item.Text("metadata", "name") is { } name && !OfEveryCluster.Contains(name) && !name.StartsWith("system:", StringComparison.Ordinal)),
        .. managers.Pods.Select(pod => objects.Get("pods", pod.Space, pod.Name)).OfType<JsonObject>(),
    ];

    public static void Restore(ClusterObjects objects, IEnumerable<JsonObject> kept)
    {
        foreach (var item in kept)
        {
            objects.Play(item);
        }
    }
}
