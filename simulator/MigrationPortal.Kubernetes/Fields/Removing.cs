using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>A value without the fields of a set; what becomes empty by that goes as well.</summary>
internal static class Removing
{
    public static JsonNode? Remove(JsonNode? value, FieldSet set, FieldType type) => (value, type) switch
    {
        (_, ScalarType) => value?.DeepClone(),
        (JsonArray { Count: > 0 } items, ListType { Atomic: false } list) => Lists(items, set, list),
        (JsonObject { Count: > 0 } map, { Atomic: false }) => Maps(map, set, type),
        _ => null,
    };

    private static JsonArray? Lists(JsonArray items, FieldSet set, ListType type)
    {
        var result = new JsonArray();
        foreach (var item in items)
        {
            var step = PathText.Item(type, item);
            if (!set.Has(step))
            {
                result.Add(set.Below(step) is { } below ? Remove(item, below, type.Items) : item?.DeepClone());
            }
        }

        return result.Count > 0 ? result : null;
    }

    private static JsonObject? Maps(JsonObject map, FieldSet set, FieldType type)
    {
        var result = new JsonObject();
        foreach (var (name, value) in map)
        {
            var step = PathText.Field(name);
            if (set.Has(step))
            {
                continue;
            }

            var kept = set.Below(step) is { } below ? Remove(value, below, type.Member(name) ?? OpenType.Instance) : value?.DeepClone();
            if (kept is not null || value is null)
            {
                result[name] = kept;
            }
        }

        return result.Count > 0 ? result : null;
    }
}
