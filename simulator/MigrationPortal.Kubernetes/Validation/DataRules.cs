using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Secrets and config maps: keys, size, and what does not change once it is set.</summary>
internal static class DataRules
{
    private const int SizeLimit = 1024 * 1024;

    private static readonly Dictionary<string, string[]> RequiredKeys = new(StringComparer.Ordinal)
    {
        ["kubernetes.io/dockercfg"] = [".dockercfg"],
        ["kubernetes.io/dockerconfigjson"] = [".dockerconfigjson"],
        ["kubernetes.io/tls"] = ["tls.crt", "tls.key"],
        ["kubernetes.io/ssh-auth"] = ["ssh-privatekey"],
    };

    public static IEnumerable<FieldProblem> Problems(ResourceKind kind, JsonObject? before, JsonObject item)
    {
        var data = item.Map("data") ?? [];
        var size = data.Concat(item.Map("binaryData") ?? []).Sum(one => Size(kind, one.Value?.ToString() ?? ""));
        return
        [
            .. NameRules.OfConfigKeys(data, "data"),
            .. NameRules.OfConfigKeys(item.Map("binaryData"), "binaryData"),
            .. size > SizeLimit ? (FieldProblem[])[FieldProblem.TooLong(kind.Kind == "Secret" ? "data" : "", SizeLimit)] : [],
            .. RequiredKeys.GetValueOrDefault(item.Text("type") ?? "", []).Where(key => !data.ContainsKey(key))
                .Select(key => FieldProblem.Required($"data[{key}]")),
            .. before is null ? [] : Changes(before, item),
        ];
    }

    private static IEnumerable<FieldProblem> Changes(JsonObject before, JsonObject item)
    {
        if (before.Text("type") != item.Text("type"))
        {
            yield return FieldProblem.Invalid("type", item["type"], "field is immutable");
        }

        if (before.Flag("immutable") != true)
        {
            yield break;
        }

        if (item.Flag("immutable") != true)
        {
            yield return FieldProblem.Forbidden("immutable", "field is immutable when `immutable` is set");
        }

        if (!JsonNode.DeepEquals(before["data"], item["data"]))
        {
            yield return FieldProblem.Forbidden("data", "field is immutable when `immutable` is set");
        }
    }

    private static int Size(ResourceKind kind, string text) => kind.Kind == "Secret" ? text.Length / 4 * 3 : text.Length;
}
