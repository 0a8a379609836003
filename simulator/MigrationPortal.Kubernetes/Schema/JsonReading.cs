using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Fields of an object that may be absent or of another form: both read as null.</summary>
public static class JsonReading
{
    public static string? Text(this JsonNode? node, string name) =>
        (node as JsonObject)?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path[..^1]).Text(path[^1]);

    public static long? Whole(this JsonNode? node, string name) =>
        (node as JsonObject)?[name].Number() is { } number && decimal.IsInteger(number) ? (long)number : null;

    /// <summary>However the number came to be: read, or set as a number of any width.</summary>
    public static decimal? Number(this JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool? Flag(this JsonNode? node, string name) =>
        (node as JsonObject)?[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            node = (node as JsonObject)?[step];
        }

        return node;
    }

    public static JsonObject? Map(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) as JsonObject;

    public static IEnumerable<JsonObject> Items(this JsonNode? node, params ReadOnlySpan<string> path) =>
        (node.At(path) as JsonArray)?.OfType<JsonObject>() ?? [];

    public static IEnumerable<string> Texts(this JsonNode? node, params ReadOnlySpan<string> path) =>
        (node.At(path) as JsonArray)?.OfType<JsonValue>().Where(one => one.GetValueKind() == JsonValueKind.String)
            .Select(one => one.GetValue<string>()) ?? [];

    /// <summary>The object in this field, made when absent.</summary>
    public static JsonObject Ensure(this JsonObject node, string name)
    {
        if (node[name] is JsonObject known)
        {
            return known;
        }

        var made = new JsonObject();
        node[name] = made;
        return made;
    }

    /// <summary>Sets what is absent.</summary>
    public static void Default(this JsonObject node, string name, JsonNode? value)
    {
        if (node[name] is null)
        {
            node[name] = value;
        }
    }
}
