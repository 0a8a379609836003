using k8s.Models;

namespace MigrationPortal.Kubernetes;

/// <summary>The resources a cluster serves: the built-in ones, and those its custom resource definitions add.</summary>
internal sealed class KindTable
{
    private static readonly ResourceKind[] BuiltIn =
    [
        Core<V1Namespace>("namespaces", false, ["ns"], status: true),
        Core<V1Pod>("pods", true, ["po"], status: true),
        Core<V1Secret>("secrets", true),
        Core<V1ConfigMap>("configmaps", true, ["cm"]),
        Core<V1ServiceAccount>("serviceaccounts", true, ["sa"]),
        Core<V1Service>("services", true, ["svc"], status: true),
        Core<V1Node>("nodes", false, ["no"], status: true),
        Core<Corev1Event>("events", true, ["ev"]),
        Of<Eventsv1Event>("events.k8s.io", "events", true, ["ev"]) with { StoreGroup = "", View = EventView.Of },
        Core<V1ResourceQuota>("resourcequotas", true, ["quota"], status: true),
        Core<V1LimitRange>("limitranges", true, ["limits"]),
        Core<V1PersistentVolumeClaim>("persistentvolumeclaims", true, ["pvc"], status: true),
        Of<V1Deployment>("apps", "deployments", true, ["deploy"], status: true) with { HasScale = true },
        Of<V1ReplicaSet>("apps", "replicasets", true, ["rs"], status: true) with { HasScale = true },
        Of<V1Role>("rbac.authorization.k8s.io", "roles", true),
        Of<V1RoleBinding>("rbac.authorization.k8s.io", "rolebindings", true),
        Of<V1ClusterRole>("rbac.authorization.k8s.io", "clusterroles", false),
        Of<V1ClusterRoleBinding>("rbac.authorization.k8s.io", "clusterrolebindings", false),
        Of<V1NetworkPolicy>("networking.k8s.io", "networkpolicies", true, ["netpol"]),
        Of<V1PodDisruptionBudget>("policy", "poddisruptionbudgets", true, ["pdb"], status: true),
        Of<V1PriorityClass>("scheduling.k8s.io", "priorityclasses", false, ["pc"]),
        Of<V1CustomResourceDefinition>("apiextensions.k8s.io", "customresourcedefinitions", false, ["crd", "crds"], status: true),
        Of<V1Lease>("coordination.k8s.io", "leases", true),
        Of<V1SelfSubjectAccessReview>("authorization.k8s.io", "selfsubjectaccessreviews", false) with { IsReview = true },
        Of<V1SelfSubjectRulesReview>("authorization.k8s.io", "selfsubjectrulesreviews", false) with { IsReview = true },
        Of<V1SelfSubjectReview>("authentication.k8s.io", "selfsubjectreviews", false) with { IsReview = true },
    ];

    private readonly Lock gate = new();
    private volatile ResourceKind[] all = BuiltIn;

    public IReadOnlyList<ResourceKind> All => all;

    public ResourceKind? Find(string group, string version, string plural) =>
        Array.Find(all, one => one.Plural == plural && one.Version == version && one.Group == group);

    public ResourceKind? OfKind(string apiVersion, string kind) =>
        Array.Find(all, one => one.Kind == kind && one.ApiVersion == apiVersion);

    /// <summary>All versions of one custom resource, instead of those served so far.</summary>
    public void Serve(string group, string plural, IEnumerable<ResourceKind> versions)
    {
        lock (gate)
        {
            all = [.. all.Where(one => one.Group != group || one.Plural != plural), .. versions];
        }
    }

    public static ResourceKind BuiltInOf(string plural) => Array.Find(BuiltIn, one => one.Plural == plural)!;

    private static ResourceKind Core<T>(string plural, bool namespaced, string[]? shortNames = null, bool status = false) =>
        Of<T>("", plural, namespaced, shortNames, status);

    private static ResourceKind Of<T>(string group, string plural, bool namespaced, string[]? shortNames = null, bool status = false)
    {
        var kind = typeof(T).Name[(typeof(T).Name.IndexOf('1', StringComparison.Ordinal) + 1)..];
        return new ResourceKind(group, "v1", kind, plural, kind.ToLowerInvariant(), namespaced, BuiltInTypes.Of(typeof(T)))
        {
            ShortNames = shortNames ?? [],
            HasStatus = status,
        };
    }
}
