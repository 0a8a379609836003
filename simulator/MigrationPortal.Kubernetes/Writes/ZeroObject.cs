using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>What a kind looks like before anything is set: the structs that its Go type always has. A creator owns none of them.</summary>
internal static class ZeroObject
{
    private static readonly Dictionary<string, string> Structs = new(StringComparer.Ordinal)
    {
        ["Pod"] = """{"spec":{"containers":null},"status":{}}""",
        ["Deployment"] = """{"spec":{"selector":null,"template":{"metadata":{},"spec":{"containers":null}},"strategy":{}},"status":{}}""",
        ["ReplicaSet"] = """{"spec":{"selector":null,"template":{"metadata":{},"spec":{"containers":null}}},"status":{}}""",
        ["Service"] = """{"spec":{},"status":{"loadBalancer":{}}}""",
        ["Namespace"] = """{"spec":{},"status":{}}""",
        ["Node"] = """{"spec":{},"status":{"daemonEndpoints":{"kubeletEndpoint":{}},"nodeInfo":{}}}""",
        ["NetworkPolicy"] = """{"spec":{"podSelector":{}}}""",
        ["ResourceQuota"] = """{"spec":{},"status":{}}""",
        ["LimitRange"] = """{"spec":{"limits":null}}""",
        ["PersistentVolumeClaim"] = """{"spec":{"resources":{}},"status":{}}""",
        ["PodDisruptionBudget"] = """{"spec":{},"status":{}}""",
        ["Role"] = """{"rules":null}""",
        ["ClusterRole"] = """{"rules":null}""",
        ["RoleBinding"] = """{"roleRef":{}}""",
        ["ClusterRoleBinding"] = """{"roleRef":{}}""",
        ["Event"] = """{"involvedObject":{},"source":{}}""",
        ["CustomResourceDefinition"] = """{"spec":{"names":{},"versions":null},"status":{}}""",
    };

    public static JsonObject Of(ResourceKind kind)
    {
        var zero = kind.IsCustom ? [] : JsonNode.Parse(Structs.GetValueOrDefault(kind.Kind, "{}"))!.AsObject();
        zero["metadata"] = new JsonObject();
        return zero;
    }
}
