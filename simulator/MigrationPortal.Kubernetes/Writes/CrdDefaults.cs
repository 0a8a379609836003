using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Defaults of a structural schema; a null that the schema does not allow is as good as absent.</summary>
internal static class CrdDefaults
{
    public static void Apply(JsonNode? value, JsonObject schema)
    {
        switch (value)
        {
            case JsonObject map:
                Members(map, schema);
                break;
            case JsonArray items when schema.Map("items") is { } item:
                foreach (var one in items)
                {
                    Apply(one, item);
                }

                break;
        }
    }

    private static void Members(JsonObject map, JsonObject schema)
    {
        foreach (var (name, member) in schema.Map("properties") ?? [])
        {
            if (member is not JsonObject known)
            {
                continue;
            }

            if (map.ContainsKey(name) && map[name] is null && known.Flag("nullable") != true)
            {
                map.Remove(name);
            }

            if (!map.ContainsKey(name) && known["default"] is { } standard)
            {
                map[name] = standard.DeepClone();
            }

            Apply(map[name], known);
        }

        if (schema.Map("additionalProperties") is { } values)
        {
            foreach (var (_, member) in map)
            {
                Apply(member, values);
            }
        }
    }
}
