using System.Globalization;
using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>JSON patch, RFC 6902.</summary>
internal static class JsonPatch
{
    /// <exception cref="StatusException">422: an operation cannot be done.</exception>
    public static JsonObject Apply(JsonObject target, JsonArray operations)
    {
        JsonNode document = target;
        foreach (var operation in operations.OfType<JsonObject>())
        {
            Run(document, operation);
        }

        return document.AsObject();
    }

    private static void Run(JsonNode document, JsonObject operation)
    {
        var path = operation.Text("path") ?? throw Wrong("missing path");
        switch (operation.Text("op"))
        {
            case "add":
                Put(document, path, operation["value"]?.DeepClone(), insert: true);
                break;
            case "replace":
                _ = Find(document, path, "replace");
                Put(document, path, operation["value"]?.DeepClone(), insert: false);
                break;
            case "remove":
                Take(document, path, "remove");
                break;
            case "test":
                if (!JsonNode.DeepEquals(Find(document, path, "test", missing: true), operation["value"]))
                {
                    throw Wrong($"testing value {path} failed: test failed");
                }

                break;
            case "copy":
                Put(document, path, Find(document, operation.Text("from") ?? "", "copy")?.DeepClone(), insert: true);
                break;
            case "move":
                Put(document, path, Take(document, operation.Text("from") ?? "", "move"), insert: true);
                break;
            case var other:
                throw Wrong($"Unexpected kind: {other}");
        }
    }

    private static void Put(JsonNode document, string path, JsonNode? value, bool insert)
    {
        var (parent, last) = Split(document, path, "add");
        switch (parent)
        {
            case JsonObject map:
                map[last] = value;
                break;
            case JsonArray items when last == "-":
                items.Add(value);
                break;
            case JsonArray items when Index(items, last, items.Count + (insert ? 1 : 0)) is { } at:
                if (insert)
                {
                    items.Insert(at, value);
                }
                else
                {
                    items[at] = value;
                }

                break;
            default:
                throw Missing("add", path);
        }
    }

    private static JsonNode? Take(JsonNode document, string path, string verb)
    {
        var (parent, last) = Split(document, path, verb);
        if (parent is JsonObject map && map.TryGetPropertyValue(last, out var value))
        {
            map.Remove(last);
            return value;
        }

        if (parent is JsonArray items && Index(items, last, items.Count) is { } at)
        {
            var item = items[at];
            items.RemoveAt(at);
            return item;
        }

        throw Missing(verb, path);
    }

    private static JsonNode? Find(JsonNode document, string path, string verb, bool missing = false)
    {
        var (parent, last) = Split(document, path, verb);
        return parent switch
        {
            JsonObject map when map.TryGetPropertyValue(last, out var value) => value,
            JsonArray items when Index(items, last, items.Count) is { } at => items[at],
            _ when missing => null,
            _ => throw Missing(verb, path),
        };
    }

    private static (JsonNode? Parent, string Last) Split(JsonNode document, string path, string verb)
    {
        if (!path.StartsWith('/'))
        {
            throw Missing(verb, path);
        }

        var steps = path[1..].Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
        var parent = steps[..^1].Aggregate((JsonNode?)document, (at, step) => at switch
        {
            JsonObject map => map[step],
            JsonArray items when Index(items, step, items.Count) is { } index => items[index],
            _ => throw Missing(verb, path),
        });
        return (parent ?? throw Missing(verb, path), steps[^1]);
    }

    private static int? Index(JsonArray items, string step, int end) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < end && items is not null ? index : null;

    private static StatusException Missing(string verb, string path) =>
        Wrong($"{verb} operation does not apply: doc is missing path: {path}: missing value");

    private static StatusException Wrong(string why) => new(422, "Invalid", $"the server rejected our request due to an error in our request: {why}", []);
}
