using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>One step of a field path in the words of <c>FieldsV1</c>: <c>f:name</c>, <c>k:{"name":"x"}</c> or <c>v:"x"</c>.</summary>
internal static class PathText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Field(string name) => "f:" + name;

    /// <summary>The step to this item of a list that is no atom.</summary>
    /// <exception cref="FieldTypeException">A key field is missing and has no default.</exception>
    public static string Item(ListType list, JsonNode? item)
    {
        if (list.Form == ListForm.Set)
        {
            return "v:" + Text(item);
        }

        var key = new JsonObject();
        foreach (var field in list.Keys.Order(StringComparer.Ordinal))
        {
            key[field] = (item as JsonObject)?[field]?.DeepClone() ?? MergeKeys.DefaultOf(field) switch
            {
                { } standard => JsonValue.Create(standard),
                null => throw new FieldTypeException("",
                    $"associative list with keys has an element that omits key field \"{field}\" (and doesn't have default value)"),
            };
        }

        return "k:" + Text(key);
    }

    /// <summary>As conflicts name it: <c>.name</c>, <c>[name="x"]</c> or <c>[="x"]</c>.</summary>
    public static string Shown(string step)
    {
        var rest = step[2..];
        return step[0] switch
        {
            'f' => "." + rest,
            'k' => "[" + string.Join(',', JsonNode.Parse(rest)!.AsObject().Select(one => $"{one.Key}={Text(one.Value)}")) + "]",
            'v' => $"[={rest}]",
            _ => $"[{rest}]",
        };
    }

    private static string Text(JsonNode? value) => value is null ? "null" : value.ToJsonString(Plain);
}

/// <summary>A value that its type does not allow.</summary>
internal sealed class FieldTypeException(string path, string problem) : Exception(path.Length == 0 ? problem : $"{path}: {problem}")
{
    public string Path => path;

    public string Problem => problem;

    public FieldTypeException Below(string prefix) => new(prefix + path, problem);
}
