using System.Text.Json.Nodes;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>By which fields Kubernetes tells the items of a list apart, by the list's own name.</summary>
internal static class MergeKeys
{
    private static readonly string[] ByName = ["name"];

    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["containers"] = ByName,
        ["initContainers"] = ByName,
        ["env"] = ByName,
        ["volumes"] = ByName,
        ["imagePullSecrets"] = ByName,
        ["secrets"] = ByName,
        ["ports"] = ["containerPort", "protocol"],
        ["volumeMounts"] = ["mountPath"],
        ["volumeDevices"] = ["devicePath"],
        ["hostAliases"] = ["ip"],
        ["topologySpreadConstraints"] = ["topologyKey", "whenUnsatisfiable"],
        ["ownerReferences"] = ["uid"],
    };

    // Of a Service; those of a NetworkPolicy are one whole, and have neither.
    private static readonly string[] OfService = ["port", "protocol"];

    /// <returns>Null: the list is one whole, or tells its items apart in a way that nobody knows.</returns>
    public static IReadOnlyList<string>? Of(FieldPath path, params ReadOnlySpan<JsonArray> lists)
    {
        if (path.Steps is not [.., FieldStep.Field(var name)] || !Known.TryGetValue(name, out var keys)) return null;
        if (name == "ports" && path.Steps is not [.., FieldStep.Item, _]) keys = path.Steps is [FieldStep.Field("spec"), _] ? OfService : [];
        if (keys.Length == 0) return null;
        foreach (var list in lists)
            if (!list.All(item => item is JsonObject map && map[keys[0]] is JsonValue)) return null;
        return keys;
    }
}
