using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MigrationPortal.Kubernetes;

/// <summary>A custom resource against its structural schema. Validation rules in CEL are not evaluated.</summary>
internal static class CrdRules
{
    public static IEnumerable<FieldProblem> Problems(JsonObject item, JsonObject schema)
    {
        var problems = new List<FieldProblem>();
        foreach (var (name, member) in schema.Map("properties") ?? [])
        {
            if (name is not ("apiVersion" or "kind" or "metadata") && member is JsonObject known && item.ContainsKey(name))
            {
                Walk(item[name], known, name, problems);
            }
        }

        Required(item, schema, "", problems);
        return problems;
    }

    private static void Walk(JsonNode? value, JsonObject schema, string path, List<FieldProblem> problems)
    {
        if (value is null && schema.Flag("nullable") == true)
        {
            return;
        }

        if (TypeProblem(value, schema, path) is { } wrong)
        {
            problems.Add(wrong);
            return;
        }

        switch (value)
        {
            case JsonObject map:
                Members(map, schema, path, problems);
                break;
            case JsonArray items:
                Items(items, schema, path, problems);
                break;
            case JsonValue scalar:
                problems.AddRange(ScalarRules.Problems(scalar, schema, path));
                break;
        }

        Alternatives(value, schema, path, problems);
    }

    private static void Members(JsonObject map, JsonObject schema, string path, List<FieldProblem> problems)
    {
        Required(map, schema, path, problems);
        var properties = schema.Map("properties");
        foreach (var (name, member) in map)
        {
            if ((properties?[name] ?? schema["additionalProperties"]) is JsonObject known)
            {
                Walk(member, known, $"{path}.{name}", problems);
            }
        }
    }

    private static void Items(JsonArray items, JsonObject schema, string path, List<FieldProblem> problems)
    {
        if (schema.Whole("maxItems") is { } most && items.Count > most)
        {
            problems.Add(new FieldProblem("FieldValueTooMany", path, $"Too many: {items.Count}: must have at most {most} items"));
        }

        if (schema.Whole("minItems") is { } least && items.Count < least)
        {
            problems.Add(FieldProblem.Invalid(path, items.Count, $"{path} in body should have at least {least} items"));
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, item) in items.Index())
        {
            var key = Key(item, schema);
            if (key is not null && !seen.Add(key.ToJsonString()))
            {
                problems.Add(FieldProblem.Duplicate($"{path}[{index}]", key));
            }

            if (schema.Map("items") is { } known)
            {
                Walk(item, known, $"{path}[{index}]", problems);
            }
        }
    }

    private static JsonNode? Key(JsonNode? item, JsonObject schema) => (schema.Text("x-kubernetes-list-type"), item) switch
    {
        ("set", _) => item,
        ("map", JsonObject map) => new JsonObject(schema.Texts("x-kubernetes-list-map-keys").Select(name => KeyValuePair.Create(name, map[name]?.DeepClone()))),
        _ => null,
    };

    private static void Required(JsonObject map, JsonObject schema, string path, List<FieldProblem> problems) =>
        problems.AddRange(schema.Texts("required").Where(name => !map.ContainsKey(name))
            .Select(name => FieldProblem.Required(path.Length == 0 ? name : $"{path}.{name}")));

    private static void Alternatives(JsonNode? value, JsonObject schema, string path, List<FieldProblem> problems)
    {
        if (schema["anyOf"] is JsonArray && schema.Flag("x-kubernetes-int-or-string") != true && schema.Items("anyOf").All(one => !Holds(value, one)))
        {
            problems.Add(FieldProblem.Invalid(path, value, $"{path} in body must validate at least one schema (anyOf)"));
        }

        if (schema["oneOf"] is JsonArray && schema.Items("oneOf").Count(one => Holds(value, one)) != 1)
        {
            problems.Add(FieldProblem.Invalid(path, value, $"{path} in body must validate one and only one schema (oneOf)"));
        }

        if (schema.Map("not") is { } not && Holds(value, not))
        {
            problems.Add(FieldProblem.Invalid(path, value, $"{path} in body must not validate the schema (not)"));
        }
    }

    private static bool Holds(JsonNode? value, JsonObject schema)
    {
        var problems = new List<FieldProblem>();
        Walk(value, schema, "value", problems);
        return problems.Count == 0;
    }

    private static FieldProblem? TypeProblem(JsonNode? value, JsonObject schema, string path)
    {
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        if (schema.Flag("x-kubernetes-int-or-string") == true)
        {
            return kind is JsonValueKind.String or JsonValueKind.Number ? null : Wrong("integer,string");
        }

        return schema.Text("type") switch
        {
            null => null,
            "string" when kind == JsonValueKind.String => null,
            "boolean" when kind is JsonValueKind.True or JsonValueKind.False => null,
            "number" when kind == JsonValueKind.Number => null,
            "integer" when kind == JsonValueKind.Number && decimal.IsInteger(value.Number() ?? 0.5m) => null,
            "object" when kind == JsonValueKind.Object => null,
            "array" when kind == JsonValueKind.Array => null,
            var type => Wrong(type),
        };

        FieldProblem Wrong(string type)
        {
            var got = kind switch
            {
                JsonValueKind.True or JsonValueKind.False => "boolean",
                JsonValueKind.Number => decimal.IsInteger(value.Number() ?? 0.5m) ? "integer" : "number",
                _ => kind.ToString().ToLowerInvariant(),
            };
            return FieldProblem.TypeInvalid(path, $"\"{got}\"", $"{path} in body must be of type {type}: \"{got}\"");
        }
    }
}

/// <summary>Limits on single values of a structural schema.</summary>
internal static class ScalarRules
{
    public static IEnumerable<FieldProblem> Problems(JsonValue value, JsonObject schema, string path)
    {
        if (schema["enum"] is JsonArray allowed && !allowed.Any(one => JsonNode.DeepEquals(one, value)))
        {
            yield return FieldProblem.NotSupported(path, value, allowed.Select(one => one?.ToString() ?? "null"));
        }

        if (value.TryGetValue<string>(out var text))
        {
            if (schema.Text("pattern") is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
            {
                yield return FieldProblem.Invalid(path, value, $"{path} in body should match '{pattern}'");
            }

            if (schema.Whole("maxLength") is { } most && text.Length > most)
            {
                yield return FieldProblem.TooLong(path, (int)most);
            }

            if (schema.Whole("minLength") is { } least && text.Length < least)
            {
                yield return FieldProblem.Invalid(path, value, $"{path} in body should be at least {least} chars long");
            }
        }
        else if (value.Number() is { } number)
        {
            if (Bound(schema, "minimum") is { } lowest && number < lowest)
            {
                yield return FieldProblem.Invalid(path, value, $"{path} in body should be greater than or equal to {lowest}");
            }

            if (Bound(schema, "maximum") is { } highest && number > highest)
            {
                yield return FieldProblem.Invalid(path, value, $"{path} in body should be less than or equal to {highest}");
            }
        }
    }

    private static decimal? Bound(JsonObject schema, string name) => schema[name].Number();
}
