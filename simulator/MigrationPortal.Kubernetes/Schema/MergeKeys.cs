using k8s.Models;

namespace MigrationPortal.Kubernetes;

/// <summary>What the published API says of lists and maps beyond their fields: which are owned whole, which item by item and
/// by which key. A list not named here is atomic, a map or struct not named here is owned field by field.</summary>
internal static class MergeKeys
{
    private static readonly Type[] AtomicTypes =
    [
        typeof(V1LabelSelector), typeof(V1ObjectReference), typeof(V1LocalObjectReference), typeof(V1SecretKeySelector),
        typeof(V1ConfigMapKeySelector), typeof(V1ObjectFieldSelector), typeof(V1ResourceFieldSelector), typeof(V1NodeSelector),
        typeof(V1NodeSelectorTerm), typeof(V1OwnerReference), typeof(V1TypedLocalObjectReference), typeof(V1SecretReference),
        typeof(V1ScopeSelector), typeof(V1RoleRef), typeof(Rbacv1Subject),
    ];

    private static readonly Dictionary<(Type, string), string[]> Keys = new()
    {
        [(typeof(V1ObjectMeta), "ownerReferences")] = ["uid"],
        [(typeof(V1PodSpec), "containers")] = ["name"],
        [(typeof(V1PodSpec), "initContainers")] = ["name"],
        [(typeof(V1PodSpec), "ephemeralContainers")] = ["name"],
        [(typeof(V1PodSpec), "volumes")] = ["name"],
        [(typeof(V1PodSpec), "imagePullSecrets")] = ["name"],
        [(typeof(V1PodSpec), "hostAliases")] = ["ip"],
        [(typeof(V1PodSpec), "topologySpreadConstraints")] = ["topologyKey", "whenUnsatisfiable"],
        [(typeof(V1PodSpec), "schedulingGates")] = ["name"],
        [(typeof(V1PodSpec), "resourceClaims")] = ["name"],
        [(typeof(V1Container), "ports")] = ["containerPort", "protocol"],
        [(typeof(V1Container), "env")] = ["name"],
        [(typeof(V1Container), "volumeMounts")] = ["mountPath"],
        [(typeof(V1Container), "volumeDevices")] = ["devicePath"],
        [(typeof(V1EphemeralContainer), "ports")] = ["containerPort", "protocol"],
        [(typeof(V1EphemeralContainer), "env")] = ["name"],
        [(typeof(V1EphemeralContainer), "volumeMounts")] = ["mountPath"],
        [(typeof(V1EphemeralContainer), "volumeDevices")] = ["devicePath"],
        [(typeof(V1ResourceRequirements), "claims")] = ["name"],
        [(typeof(V1ServiceSpec), "ports")] = ["port", "protocol"],
        [(typeof(V1ServiceAccount), "secrets")] = ["name"],
        [(typeof(V1PodStatus), "conditions")] = ["type"],
        [(typeof(V1PodStatus), "podIPs")] = ["ip"],
        [(typeof(V1NodeStatus), "conditions")] = ["type"],
        [(typeof(V1NodeStatus), "addresses")] = ["type"],
        [(typeof(V1NamespaceStatus), "conditions")] = ["type"],
        [(typeof(V1ServiceStatus), "conditions")] = ["type"],
        [(typeof(V1DeploymentStatus), "conditions")] = ["type"],
        [(typeof(V1ReplicaSetStatus), "conditions")] = ["type"],
        [(typeof(V1PodDisruptionBudgetStatus), "conditions")] = ["type"],
        [(typeof(V1PersistentVolumeClaimStatus), "conditions")] = ["type"],
        [(typeof(V1CustomResourceDefinitionStatus), "conditions")] = ["type"],
    };

    private static readonly HashSet<(Type, string)> Sets =
        [(typeof(V1ObjectMeta), "finalizers"), (typeof(V1NodeSpec), "podCIDRs")];

    private static readonly HashSet<(Type, string)> AtomicMaps =
        [(typeof(V1PodSpec), "nodeSelector"), (typeof(V1ServiceSpec), "selector")];

    public static bool IsAtomic(Type type) => AtomicTypes.Contains(type);

    /// <summary>The type of this field of this model, shaped by the table.</summary>
    public static FieldType Shape(Type model, string field, FieldType type) => type switch
    {
        ListType list when Keys.TryGetValue((model, field), out var keys) => new ListType(list.Items, ListForm.Map, keys),
        ListType list when Sets.Contains((model, field)) => new ListType(list.Items, ListForm.Set),
        MapType map when AtomicMaps.Contains((model, field)) => new MapType(map.Values, atomic: true),
        _ => type,
    };

    /// <summary>What a key field stands for where an item leaves it out.</summary>
    public static string? DefaultOf(string key) => key == "protocol" ? "TCP" : null;
}
