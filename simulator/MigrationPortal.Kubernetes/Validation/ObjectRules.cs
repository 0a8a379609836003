using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>What an object of its kind must hold to.</summary>
internal static class ObjectRules
{
    /// <param name="before">Null: it is created.</param>
    /// <exception cref="StatusException">422 with every problem found.</exception>
    public static void Check(ResourceKind kind, JsonObject? before, JsonObject item)
    {
        FieldProblem[] problems = [.. NameRules.OfMetadata(kind, item), .. OfKind(kind, before, item)];
        if (problems.Length > 0)
        {
            throw StatusException.Invalid(kind, item.Text("metadata", "name") ?? "", problems);
        }
    }

    private static IEnumerable<FieldProblem> OfKind(ResourceKind kind, JsonObject? before, JsonObject item) => kind.Schema is { } schema
        ? CrdRules.Problems(item, schema)
        : kind.Kind switch
        {
            "Pod" => PodRules.Problems(item.Map("spec"), "spec", item.Map("metadata", "labels")).Concat(PodRules.Changes(before, item)),
            "Deployment" or "ReplicaSet" => WorkloadRules.Problems(kind, before, item),
            "Service" => ServiceRules.Problems(before, item),
            "Secret" or "ConfigMap" => DataRules.Problems(kind, before, item),
            "Role" or "ClusterRole" => RoleRules.OfRole(item),
            "RoleBinding" or "ClusterRoleBinding" => RoleRules.OfBinding(kind, before, item),
            "NetworkPolicy" => NetworkPolicyRules.Problems(item),
            "ResourceQuota" or "LimitRange" => LimitRules.Problems(kind, item),
            "PodDisruptionBudget" => LimitRules.OfBudget(item),
            "PriorityClass" => LimitRules.OfPriority(before, item),
            "CustomResourceDefinition" => DefinitionRules.Problems(item),
            _ => [],
        };
}
