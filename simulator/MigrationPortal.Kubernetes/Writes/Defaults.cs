using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>What the server fills in where a writer is silent.</summary>
internal static class Defaults
{
    public static void Apply(ResourceKind kind, JsonObject item)
    {
        switch (kind.Kind)
        {
            case "Namespace":
                item.Ensure("metadata").Ensure("labels")["kubernetes.io/metadata.name"] = item.Text("metadata", "name");
                item.Ensure("spec").Default("finalizers", new JsonArray("kubernetes"));
                item.Ensure("status").Default("phase", "Active");
                break;
        }
    }
}
