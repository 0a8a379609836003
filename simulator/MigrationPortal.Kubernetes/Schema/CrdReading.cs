using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Custom resource definitions read as resources with types.</summary>
internal static class CrdReading
{
    public static void Serve(KindTable kinds, JsonObject definition)
    {
        var names = definition.Map("spec", "names");
        var (group, plural) = (definition.Text("spec", "group")!, names.Text("plural")!);
        kinds.Serve(group, plural, definition.Items("spec", "versions").Where(one => one.Flag("served") == true).Select(version =>
        {
            var schema = version.Map("schema", "openAPIV3Schema") ?? [];
            return new ResourceKind(
                group, version.Text("name")!, names.Text("kind")!, plural, names.Text("singular") ?? names.Text("kind")!.ToLowerInvariant(),
                definition.Text("spec", "scope") != "Cluster", RootType(schema), schema)
            {
                ShortNames = [.. names.Texts("shortNames")],
                HasStatus = version.Map("subresources", "status") is not null,
            };
        }));
    }

    private static StructType RootType(JsonObject schema) => new("", () =>
    {
        var fields = new Dictionary<string, FieldType>(FieldsOf(schema), StringComparer.Ordinal)
        {
            ["apiVersion"] = Text,
            ["kind"] = Text,
            ["metadata"] = BuiltInTypes.Metadata,
        };
        return fields;
    }, open: Keeps(schema));

    private static readonly ScalarType Text = new(ScalarForm.Text, "string");

    private static FieldType TypeOf(JsonObject? schema)
    {
        if (schema is null)
        {
            return OpenType.Instance;
        }

        if (schema.Flag("x-kubernetes-int-or-string") == true)
        {
            return new ScalarType(ScalarForm.TextOrNumber, "");
        }

        if (schema.Flag("x-kubernetes-embedded-resource") == true)
        {
            return RootType(schema);
        }

        var atomic = schema.Text("x-kubernetes-map-type") == "atomic";
        return schema.Text("type") switch
        {
            "string" => schema.Text("format") == "byte" ? new ScalarType(ScalarForm.Bytes, "") : Text,
            "integer" => new ScalarType(ScalarForm.Integer, ""),
            "number" => new ScalarType(ScalarForm.Number, ""),
            "boolean" => new ScalarType(ScalarForm.Flag, ""),
            "array" => ListOf(schema),
            "object" when schema["additionalProperties"] is JsonObject values => new MapType(TypeOf(values), atomic),
            "object" when schema.Flag("additionalProperties") == true => new MapType(OpenType.Instance, atomic),
            "object" when schema["properties"] is not null || !Keeps(schema) => new StructType("", () => FieldsOf(schema), atomic, Keeps(schema)),
            _ => OpenType.Instance,
        };
    }

    private static ListType ListOf(JsonObject schema) => schema.Text("x-kubernetes-list-type") switch
    {
        "map" => new ListType(TypeOf(schema.Map("items")), ListForm.Map, [.. schema.Texts("x-kubernetes-list-map-keys")]),
        "set" => new ListType(TypeOf(schema.Map("items")), ListForm.Set),
        _ => new ListType(TypeOf(schema.Map("items")), ListForm.Atomic),
    };

    private static Dictionary<string, FieldType> FieldsOf(JsonObject schema) =>
        (schema.Map("properties") ?? []).ToDictionary(one => one.Key, one => TypeOf(one.Value as JsonObject), StringComparer.Ordinal);

    private static bool Keeps(JsonObject schema) => schema.Flag("x-kubernetes-preserve-unknown-fields") == true;
}
