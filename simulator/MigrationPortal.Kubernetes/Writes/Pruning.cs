using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Takes out of an object what its type does not declare, as decoding does.</summary>
internal static class Pruning
{
    /// <summary>The paths that went, such as <c>spec.containers[0].imag</c>.</summary>
    public static IReadOnlyList<string> Prune(JsonObject item, FieldType type)
    {
        var gone = new List<string>();
        Walk(item, type, "", gone);
        return gone;
    }

    /// <summary>The first value of a built-in kind that its Go type could not hold, in the words of its decoder; null when all fit.</summary>
    public static string? Misfit(JsonNode? value, FieldType type, string owner, string path) => (type, value) switch
    {
        (_, null) or (OpenType, _) => null,
        (ScalarType scalar, _) => Misfit(scalar, value, owner, path),
        (ListType list, JsonArray items) => items.Select(item => Misfit(item, list.Items, owner, path)).FirstOrDefault(one => one is not null),
        (ListType list, _) => Cannot(value, owner, path, $"[]{NameOf(list.Items)}"),
        (StructType known, JsonObject map) => map.Select(one => known.Member(one.Key) is { } member
            ? Misfit(one.Value, member, known.Name, path.Length == 0 ? one.Key : $"{path}.{one.Key}")
            : null).FirstOrDefault(one => one is not null),
        (MapType map, JsonObject members) => members.Select(one => Misfit(one.Value, map.Values, owner, path)).FirstOrDefault(one => one is not null),
        _ => Cannot(value, owner, path, NameOf(type)),
    };

    private static void Walk(JsonNode? value, FieldType type, string path, List<string> gone)
    {
        switch (value)
        {
            case JsonArray items when type is ListType list:
                foreach (var (index, item) in items.Index())
                {
                    Walk(item, list.Items, $"{path}[{index}]", gone);
                }

                break;
            case JsonObject map when type is not (OpenType or ScalarType or ListType):
                foreach (var (name, member) in map.ToArray())
                {
                    var below = path.Length == 0 ? name : $"{path}.{name}";
                    if (type.Member(name) is { } known)
                    {
                        Walk(member, known, below, gone);
                    }
                    else
                    {
                        map.Remove(name);
                        gone.Add(below);
                    }
                }

                break;
        }
    }

    private static string? Misfit(ScalarType type, JsonNode value, string owner, string path)
    {
        var kind = value.GetValueKind();
        var fits = type.Form switch
        {
            ScalarForm.Text or ScalarForm.Bytes => kind == JsonValueKind.String,
            ScalarForm.Flag => kind is JsonValueKind.True or JsonValueKind.False,
            ScalarForm.Integer => value.Number() is { } number && decimal.IsInteger(number),
            ScalarForm.Number => kind == JsonValueKind.Number,
            _ => kind is JsonValueKind.String or JsonValueKind.Number,
        };
        if (fits && type.Form == ScalarForm.Bytes && !IsBase64(value.GetValue<string>(), out var at))
        {
            return $"illegal base64 data at input byte {at}";
        }

        if (fits && type.GoName == "resource.Quantity" && Quantity.Canonical(value.ToString()) is null)
        {
            return Quantity.Rule;
        }

        return fits ? null : Cannot(value, owner, path, type.GoName);
    }

    // As Go counts: the first byte outside of the alphabet, or the end of what is cut short.
    private static bool IsBase64(string text, out int at)
    {
        var plain = text.TrimEnd('=');
        at = plain.AsSpan().IndexOfAnyExcept(Base64Letters);
        at = at < 0 ? text.Length - text.Length % 4 : at;
        return Convert.TryFromBase64String(text, new byte[text.Length], out _);
    }

    private static readonly System.Buffers.SearchValues<char> Base64Letters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    private static string Cannot(JsonNode value, string owner, string path, string goName)
    {
        var shown = value.GetValueKind() switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.True or JsonValueKind.False => "bool",
            JsonValueKind.Number => value.ToJsonString().Contains('.', StringComparison.Ordinal) ? $"number {value.ToJsonString()}" : "number",
            JsonValueKind.Array => "array",
            _ => "object",
        };
        return $"json: cannot unmarshal {shown} into Go struct field {owner}.{path} of type {goName}";
    }

    private static string NameOf(FieldType type) => type switch
    {
        ScalarType scalar => scalar.GoName,
        StructType known => $"v1.{known.Name}",
        ListType list => $"[]{NameOf(list.Items)}",
        MapType map => $"map[string]{NameOf(map.Values)}",
        _ => "interface {}",
    };
}
