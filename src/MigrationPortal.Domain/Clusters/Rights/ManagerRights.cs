namespace MigrationPortal.Domain.Clusters.Rights;

/// <summary>One right of a runner manager's own service account.</summary>
/// <param name="For">The setting that needs it; null: every job does.</param>
public sealed record ManagerRight(string Group, string Resource, IReadOnlyList<string> Verbs, bool ClusterScoped = false, string? For = null);

/// <summary>
/// What a runner manager needs in the namespace of its job pods, by the documentation of gitlab-runner 19.4. The chart's own
/// role is <c>*</c> on the core group, and has none of the other groups.
/// </summary>
public static class ManagerRights
{
    public const string Name = "gitlab-runner";

    public static IReadOnlyList<ManagerRight> All { get; } =
    [
        new("", "pods", ["create", "delete", "get", "list", "watch"]),
        new("", "pods/attach", ["create", "delete", "get", "patch"]),
        new("", "pods/exec", ["create", "delete", "get", "patch"]),
        new("", "pods/log", ["get", "list"]),
        new("", "secrets", ["create", "delete", "get", "update"]),
        new("", "services", ["create", "get"]),
        new("", "serviceaccounts", ["get"]),
        new("", "events", ["list", "watch"], For: "print_pod_warning_events (on by default) and FF_PRINT_POD_EVENTS"),
        new("", "namespaces", ["create", "delete"], true, "namespace_per_job"),
        new("policy", "poddisruptionbudgets", ["create", "get"], For: "pod_disruption_budget"),
        new("apps", "deployments", ["create", "delete", "get", "list", "update"], For: "autoscaler (pause pods)"),
        new("scheduling.k8s.io", "priorityclasses", ["create", "get"], true, "autoscaler (pause pods)"),
    ];

    /// <summary>Those that every configuration needs.</summary>
    public static IEnumerable<ManagerRight> Usual => All.Where(one => one.For is null || one.Resource == "events");

    /// <summary>Manifests for the usual ones in each job namespace.</summary>
    /// <param name="account">Of the manager.</param>
    public static string Yaml(Cluster cluster, string account)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var permissions = cluster.JobNamespaces.SelectMany(space => Usual.SelectMany(right => right.Verbs.Select(verb => new Permission(PermissionUse.View, right.Group, right.Resource, verb, space))));
        return RbacYaml.Grant(permissions, $"system:serviceaccount:{cluster.ManagerNamespace}:{account}", Name);
    }
}
