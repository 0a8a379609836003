using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>What a service is given: ports completed, an address out of the cluster's range.</summary>
internal static class ServiceDefaults
{
    public static void Apply(JsonObject spec, string uid)
    {
        spec.Default("type", "ClusterIP");
        spec.Default("sessionAffinity", "None");
        foreach (var port in spec.Items("ports"))
        {
            port.Default("protocol", "TCP");
            port.Default("targetPort", port["port"]?.DeepClone());
        }

        if (spec.Text("type") == "ExternalName")
        {
            return;
        }

        spec.Default("internalTrafficPolicy", "Cluster");
        spec.Default("ipFamilies", new JsonArray("IPv4"));
        spec.Default("ipFamilyPolicy", "SingleStack");
        spec.Default("clusterIP", AddressOf(uid));
        spec.Default("clusterIPs", new JsonArray(spec.Text("clusterIP")));
    }

    private static string AddressOf(string uid)
    {
        var hash = uid.Aggregate(17, (sum, letter) => unchecked((sum * 31) + letter));
        return $"10.96.{(hash >> 8) & 0xff}.{1 + (hash & 0x7f)}";
    }
}
