using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>An applied configuration laid over the live value.</summary>
internal static class Merging
{
    public static JsonNode? Merge(JsonNode? live, JsonNode? applied, FieldType type) => type switch
    {
        ScalarType or { Atomic: true } => applied?.DeepClone() ?? live?.DeepClone(),
        ListType list => Lists(live as JsonArray, applied as JsonArray, list),
        OpenType when live is not JsonObject || applied is not JsonObject => applied?.DeepClone() ?? live?.DeepClone(),
        _ => Maps(live as JsonObject, applied as JsonObject, type),
    };

    private static JsonObject? Maps(JsonObject? live, JsonObject? applied, FieldType type)
    {
        if (live is not { Count: > 0 } && applied is not { Count: > 0 })
        {
            return (applied ?? live)?.DeepClone().AsObject();
        }

        var result = new JsonObject();
        foreach (var name in (live ?? []).Select(one => one.Key).Union((applied ?? []).Select(one => one.Key), StringComparer.Ordinal))
        {
            var merged = Merge(live?[name], applied?[name], type.Member(name) ?? OpenType.Instance);
            if (merged is not null || applied?.ContainsKey(name) != true)
            {
                result[name] = merged;
            }
        }

        return result;
    }

    // Items only the live list has keep their place before the next shared one; the order of the rest is the applied one's.
    private static JsonArray? Lists(JsonArray? live, JsonArray? applied, ListType type)
    {
        if (live is not { Count: > 0 } && applied is not { Count: > 0 })
        {
            return (applied ?? live)?.DeepClone().AsArray();
        }

        var (old, now) = (KeyedItems.Of(live, type), KeyedItems.Of(applied, type));
        var result = new JsonArray();
        var next = 0;
        foreach (var (step, item) in now)
        {
            for (; old.ContainsKey(step) && next < old.Count && old.GetAt(next).Key != step; next++)
            {
                KeepOwn(next);
            }

            result.Add(Merge(old.GetValueOrDefault(step), item, type.Items));
            next = old.ContainsKey(step) && next < old.Count ? next + 1 : next;
        }

        for (; next < old.Count; next++)
        {
            KeepOwn(next);
        }

        return result;

        void KeepOwn(int index)
        {
            var (step, item) = old.GetAt(index);
            if (!now.ContainsKey(step))
            {
                result.Add(item?.DeepClone());
            }
        }
    }
}
