using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>An applied configuration against its schema: unlike a plain write, an apply refuses what is not declared.</summary>
internal static class TypedCheck
{
    public static IReadOnlyList<string> Problems(JsonNode? value, FieldType type)
    {
        var problems = new List<string>();
        Walk(value, type, "", problems);
        return problems;
    }

    private static void Walk(JsonNode? value, FieldType type, string path, List<string> problems)
    {
        switch (type, value)
        {
            case (_, null) or (OpenType, _):
                break;
            case (ScalarType scalar, _):
                if (ScalarProblem(scalar, value) is { } problem)
                {
                    problems.Add($"{path}: {problem}");
                }

                break;
            case (ListType list, JsonArray items):
                Items(items, list, path, problems);
                break;
            case (ListType, _):
                problems.Add($"{path}: expected list, got {Got(value)}");
                break;
            case (_, JsonObject map):
                foreach (var (name, member) in map)
                {
                    if (type.Member(name) is { } known)
                    {
                        Walk(member, known, $"{path}.{name}", problems);
                    }
                    else
                    {
                        problems.Add($"{path}.{name}: field not declared in schema");
                    }
                }

                break;
            default:
                problems.Add($"{path}: expected map, got {Got(value)}");
                break;
        }
    }

    private static void Items(JsonArray items, ListType list, string path, List<string> problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, item) in items.Index())
        {
            var shown = $"[{index}]";
            if (!list.Atomic)
            {
                try
                {
                    var step = PathText.Item(list, item);
                    shown = PathText.Shown(step);
                    if (!seen.Add(step))
                    {
                        problems.Add($"{path}: duplicate entries for key {shown}");
                    }
                }
                catch (FieldTypeException missing)
                {
                    problems.Add($"{path}: element {index}: {missing.Problem}");
                    continue;
                }
            }

            Walk(item, list.Items, path + shown, problems);
        }
    }

    private static string? ScalarProblem(ScalarType type, JsonNode value) => (type.Form, value.GetValueKind()) switch
    {
        (ScalarForm.Text or ScalarForm.Bytes, JsonValueKind.String) => null,
        (ScalarForm.Text or ScalarForm.Bytes, _) => $"expected string, got {Got(value)}",
        (ScalarForm.Integer or ScalarForm.Number, JsonValueKind.Number) => null,
        (ScalarForm.Integer or ScalarForm.Number, _) => $"expected numeric (int or float), got {Got(value)}",
        (ScalarForm.Flag, JsonValueKind.True or JsonValueKind.False) => null,
        (ScalarForm.Flag, _) => $"expected boolean, got {Got(value)}",
        (_, JsonValueKind.String or JsonValueKind.Number) => null,
        _ => $"expected scalar, got {Got(value)}",
    };

    private static string Got(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Object => "map",
        JsonValueKind.Array => "list",
        JsonValueKind.String => "string",
        _ => $"&value.valueUnstructured{{Value:{value.ToJsonString()}}}",
    };
}
