namespace MigrationPortal.Domain.Clusters.Rights;

/// <summary>What the portal itself needs in a cluster: nothing that it does not use.</summary>
public static class NeededPermissions
{
    private const string NoNodes = "nodes and headroom are not known";
    private const string NoEvents = "a pod that cannot mount a volume only says that it is being created";
    private const string NoMetrics = "a manager's jobs and limits are not read from its metrics";
    private const string NoQuota = "an exhausted quota is not told";
    private const string OwnRights = "not needed where the portal holds all that the manager's role grants: Kubernetes lets nobody grant more than they have";
    private const string NoSpaces = "namespaces are made by hand before anything is applied there";
    private const string NoClusterRoles = "configurations whose manager needs rights in the whole cluster (a namespace per job, pause pods) are granted by hand";

    private static readonly string[] Writing = ["create", "get", "patch", "delete"];

    private static readonly (string Group, string Resource)[] OfManagers =
        [("", "secrets"), ("", "configmaps"), ("", "serviceaccounts"), ("apps", "deployments"), ("rbac.authorization.k8s.io", "roles"), ("rbac.authorization.k8s.io", "rolebindings"), ("networking.k8s.io", "networkpolicies"), ("policy", "poddisruptionbudgets"), ("", "services"), ("autoscaling", "horizontalpodautoscalers")];

    private static readonly (string Group, string Resource)[] OfJobs =
        [("rbac.authorization.k8s.io", "roles"), ("rbac.authorization.k8s.io", "rolebindings"), ("networking.k8s.io", "networkpolicies"), ("", "resourcequotas"), ("", "limitranges")];

    public static IReadOnlyList<Permission> Of(Cluster cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return [.. View(cluster), .. Apply(cluster), .. Writing.Select(verb => new Permission(PermissionUse.Operator, "apps.gitlab.com", "runners", verb, cluster.ManagerNamespace))];
    }

    private static IEnumerable<Permission> View(Cluster cluster)
    {
        foreach (var space in cluster.Namespaces)
        {
            foreach (var verb in new[] { "get", "list", "watch" }) yield return new(PermissionUse.View, "", "pods", verb, space);
            foreach (var verb in new[] { "list", "watch" }) yield return new(PermissionUse.View, "", "events", verb, space, NoEvents);
        }

        foreach (var space in cluster.JobNamespaces) yield return new(PermissionUse.View, "", "resourcequotas", "list", space, NoQuota);
        foreach (var verb in new[] { "get", "list" }) yield return new(PermissionUse.View, "apps", "deployments", verb, cluster.ManagerNamespace);
        yield return new(PermissionUse.View, "", "pods/proxy", "get", cluster.ManagerNamespace, NoMetrics);
        foreach (var verb in new[] { "list", "watch" }) yield return new(PermissionUse.View, "", "nodes", verb, null, NoNodes);
    }

    private static IEnumerable<Permission> Apply(Cluster cluster)
    {
        var wanted = OfManagers.Select(one => (one.Group, one.Resource, Namespace: cluster.ManagerNamespace))
            .Concat(cluster.JobNamespaces.SelectMany(space => OfJobs.Select(one => (one.Group, one.Resource, Namespace: space))))
            .Distinct();
        foreach (var (group, resource, space) in wanted)
        {
            foreach (var verb in Writing) yield return new(PermissionUse.Apply, group, resource, verb, space);
            // A token is replaced whole, never merged.
            if (resource == "secrets") yield return new(PermissionUse.Apply, group, resource, "update", space);
            if (resource != "roles") continue;
            foreach (var verb in new[] { "escalate", "bind" }) yield return new(PermissionUse.Apply, group, resource, verb, space, OwnRights);
        }

        foreach (var verb in new[] { "get", "create", "patch" }) yield return new(PermissionUse.Apply, "", "namespaces", verb, null, NoSpaces);
        foreach (var resource in new[] { "clusterroles", "clusterrolebindings" })
            foreach (var verb in Writing) yield return new(PermissionUse.Apply, "rbac.authorization.k8s.io", resource, verb, null, NoClusterRoles);
    }
}
