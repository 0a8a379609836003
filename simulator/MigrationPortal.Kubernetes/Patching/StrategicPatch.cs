using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Strategic merge patch: lists with merge keys are merged item by item. Knows <c>$patch</c> delete, replace and merge,
/// <c>$deleteFromPrimitiveList</c>, <c>$setElementOrder</c> and <c>$retainKeys</c>.</summary>
internal static class StrategicPatch
{
    public static JsonObject Apply(JsonObject target, JsonObject patch, FieldType type)
    {
        if (patch.Text("$patch") is "replace" or "delete")
        {
            target.Clear();
            return patch.Text("$patch") == "replace" ? MergePatch.Apply(target, Bare(patch)) : target;
        }

        if (patch["$retainKeys"] is JsonArray)
        {
            foreach (var name in target.Select(one => one.Key).Except(patch.Texts("$retainKeys")).ToArray())
            {
                target.Remove(name);
            }
        }

        foreach (var (name, value) in patch)
        {
            if (name.StartsWith("$deleteFromPrimitiveList/", StringComparison.Ordinal))
            {
                RemoveValues(target[name[25..]] as JsonArray, value as JsonArray ?? []);
            }
            else if (!name.StartsWith('$'))
            {
                Put(target, name, value, type.Member(name) ?? OpenType.Instance);
            }
        }

        return target;
    }

    private static void Put(JsonObject target, string name, JsonNode? value, FieldType type)
    {
        switch (value)
        {
            case null:
                target.Remove(name);
                break;
            case JsonObject map:
                target[name] = Apply(target[name]?.DeepClone() as JsonObject ?? [], map, type);
                break;
            case JsonArray items when type is ListType { Form: ListForm.Map } list:
                target[name] = Merge(target[name] as JsonArray ?? [], items, list);
                break;
            case JsonArray items when type is ListType { Form: ListForm.Set }:
                target[name] = Union(target[name] as JsonArray ?? [], items);
                break;
            default:
                target[name] = value.DeepClone();
                break;
        }
    }

    // Only the first key counts: ports merge by their number alone.
    private static JsonArray Merge(JsonArray live, JsonArray patch, ListType type)
    {
        var key = type.Keys[0];
        if (patch.OfType<JsonObject>().Any(one => one.Count == 1 && one.Text("$patch") == "replace"))
        {
            return new JsonArray([.. patch.OfType<JsonObject>().Where(one => !one.ContainsKey("$patch")).Select(one => one.DeepClone())]);
        }

        List<JsonObject> result = [.. live.OfType<JsonObject>().Select(one => one.DeepClone().AsObject())];
        foreach (var item in patch.OfType<JsonObject>())
        {
            if (item[key] is null)
            {
                throw StatusException.BadRequest($"map: {item.ToJsonString()} does not contain declared merge key: {key}");
            }

            var at = result.FindIndex(one => JsonNode.DeepEquals(one[key], item[key]));
            if (item.Text("$patch") == "delete")
            {
                result.RemoveAll(one => JsonNode.DeepEquals(one[key], item[key]));
            }
            else if (at < 0)
            {
                result.Add(Apply([], item, type.Items));
            }
            else
            {
                result[at] = Apply(result[at], item, type.Items);
            }
        }

        return new JsonArray([.. result]);
    }

    private static JsonArray Union(JsonArray live, JsonArray patch) =>
        new([.. live.Concat(patch.Where(one => !live.Any(known => JsonNode.DeepEquals(known, one)))).Select(one => one?.DeepClone())]);

    private static void RemoveValues(JsonArray? live, JsonArray values)
    {
        foreach (var gone in (live ?? []).Where(one => values.Any(value => JsonNode.DeepEquals(one, value))).ToArray())
        {
            live!.Remove(gone);
        }
    }

    private static JsonObject Bare(JsonObject patch)
    {
        var bare = patch.DeepClone().AsObject();
        bare.Remove("$patch");
        return bare;
    }
}
