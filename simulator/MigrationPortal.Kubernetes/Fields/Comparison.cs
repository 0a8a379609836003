using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>What differs between two values of one type, by path.</summary>
internal sealed class Comparison
{
    private Comparison()
    {
    }

    public FieldSet Added { get; } = new();

    public FieldSet Changed { get; } = new();

    public FieldSet Removed { get; } = new();

    public static Comparison Between(JsonNode? before, JsonNode? after, FieldType type)
    {
        var comparison = new Comparison();
        comparison.Walk(new Side(before is not null, before), new Side(after is not null, after), type, []);
        return comparison;
    }

    private void Walk(Side before, Side after, FieldType type, List<string> path)
    {
        var leaf = type switch
        {
            ScalarType => true,
            ListType { Atomic: false } list => !Lists(before, after, list, path),
            ListType => true,
            OpenType when before.Node is JsonArray || after.Node is JsonArray => true,
            { Atomic: true } => true,
            _ => !Maps(before, after, type, path),
        };

        if (before.Present != after.Present)
        {
            (after.Present ? Added : Removed).Add(path);
        }
        else if (leaf && !JsonNode.DeepEquals(before.Node, after.Node))
        {
            Changed.Add(path);
        }
    }

    // Two empty sides are one leaf: that keeps {} and nothing apart.
    private bool Maps(Side before, Side after, FieldType type, List<string> path)
    {
        var (old, now) = (before.Node as JsonObject, after.Node as JsonObject);
        if (old is not { Count: > 0 } && now is not { Count: > 0 })
        {
            return false;
        }

        foreach (var name in (old ?? []).Select(one => one.Key).Union((now ?? []).Select(one => one.Key), StringComparer.Ordinal))
        {
            path.Add(PathText.Field(name));
            Walk(Side.Of(old, name), Side.Of(now, name), type.Member(name) ?? OpenType.Instance, path);
            path.RemoveAt(path.Count - 1);
        }

        return true;
    }

    private bool Lists(Side before, Side after, ListType type, List<string> path)
    {
        var (old, now) = (before.Node as JsonArray, after.Node as JsonArray);
        if (old is not { Count: > 0 } && now is not { Count: > 0 })
        {
            return false;
        }

        var (was, isNow) = (KeyedItems.Of(old, type), KeyedItems.Of(now, type));
        foreach (var step in was.Keys.Union(isNow.Keys, StringComparer.Ordinal))
        {
            path.Add(step);
            Walk(new Side(was.TryGetValue(step, out var left), left), new Side(isNow.TryGetValue(step, out var right), right), type.Items, path);
            path.RemoveAt(path.Count - 1);
        }

        return true;
    }

    private readonly record struct Side(bool Present, JsonNode? Node)
    {
        public static Side Of(JsonObject? map, string name)
        {
            JsonNode? node = null;
            return new Side(map is not null && map.TryGetPropertyValue(name, out node), node);
        }
    }
}

/// <summary>The items of an associative list by their step, in order; of duplicates the last one.</summary>
internal static class KeyedItems
{
    public static OrderedDictionary<string, JsonNode?> Of(JsonArray? items, ListType type)
    {
        var keyed = new OrderedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var item in items ?? [])
        {
            keyed[PathText.Item(type, item)] = item;
        }

        return keyed;
    }
}
