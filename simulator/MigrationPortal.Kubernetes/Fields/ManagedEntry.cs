using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Who writes, as managed fields tell writers apart.</summary>
/// <param name="Version">Such as <c>apps/v1</c>.</param>
/// <param name="Subresource">Empty for the object itself.</param>
internal sealed record FieldManager(string Name, bool Applies, string Version, string Subresource)
{
    /// <summary>An applier stays the same whatever version it applies; an updater is one per version.</summary>
    public bool IsSame(FieldManager other) =>
        Name == other.Name && Applies == other.Applies && Subresource == other.Subresource && (Applies || Version == other.Version);

    /// <summary>As conflicts name it.</summary>
    public string Shown =>
        $"\"{Name}\"" + (Subresource.Length > 0 ? $" with subresource \"{Subresource}\"" : "") + (Applies ? "" : $" using {Version}");
}

internal sealed record ManagedEntry(FieldManager Manager, FieldSet Fields, string? Time)
{
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["manager"] = Manager.Name,
            ["operation"] = Manager.Applies ? "Apply" : "Update",
            ["apiVersion"] = Manager.Version,
            ["time"] = Time,
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = Fields.ToJson(),
        };
        if (Manager.Subresource.Length > 0)
        {
            json["subresource"] = Manager.Subresource;
        }

        return json;
    }

    public static ManagedEntry FromJson(JsonObject json) => new(
        new FieldManager(
            json.Text("manager") ?? "", json.Text("operation") == "Apply", json.Text("apiVersion") ?? "", json.Text("subresource") ?? ""),
        FieldSet.FromJson(json["fieldsV1"] as JsonObject),
        json.Text("time"));

    public static IReadOnlyList<ManagedEntry> Of(JsonObject? item) =>
        [.. (item?["metadata"]?["managedFields"] as JsonArray ?? []).OfType<JsonObject>().Where(one => one.Count > 0).Select(FromJson)];

    public static void Put(JsonObject item, IEnumerable<ManagedEntry> entries)
    {
        var sorted = entries.OrderBy(one => one.Manager.Applies ? 0 : 1)
            .ThenBy(one => one.Time, StringComparer.Ordinal)
            .ThenBy(one => one.Manager.Name, StringComparer.Ordinal)
            .ThenBy(one => one.Manager.Version, StringComparer.Ordinal)
            .ThenBy(one => one.Manager.Subresource, StringComparer.Ordinal)
            .Select(JsonNode? (one) => one.ToJson())
            .ToArray();
        var metadata = item["metadata"]!.AsObject();
        metadata.Remove("managedFields");
        if (sorted.Length > 0)
        {
            metadata["managedFields"] = new JsonArray(sorted);
        }
    }
}
