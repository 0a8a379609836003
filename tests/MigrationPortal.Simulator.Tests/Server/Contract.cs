using System.Text.Json.Nodes;
using MigrationPortal.Testing;
using NJsonSchema;
using NJsonSchema.Validation;

namespace MigrationPortal.Tests.Simulated;

/// <summary>The contract data beside the checkout, when it is there: JSON schemas of GitLab's answers.</summary>
internal static class Contract
{
    private static readonly string? Folder = Find();

    public static bool IsThere => Folder is not null;

    /// <summary>Fails with every difference. Fields that GitLab added after a schema was written are no difference.</summary>
    public static void Check(string schema, JsonNode value, bool optional = false)
    {
        if (Folder is null)
        {
            optional.ShouldBeTrue("ask IsThere first");
            return;
        }

        var loaded = JsonSchema.FromJsonAsync(Inline(schema).ToJsonString()).GetAwaiter().GetResult();
        var errors = new JsonSchemaValidator().Validate(value.ToJsonString(), loaded);
        errors.Select(e => $"{e.Path}: {e.Kind}").ShouldBeEmpty($"{schema} against {value.ToJsonString()}");
    }

    // References are put in place: "runner.json" is not among the data and stands for the derived one (see its README).
    private static JsonNode Inline(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        return Resolve(JsonNode.Parse(File.ReadAllText(Path.Combine(Folder!, path)))!, folder)!;
    }

    private static JsonNode? Resolve(JsonNode? node, string folder)
    {
        switch (node)
        {
            case JsonObject o when o["$ref"] is JsonValue reference:
                var target = (string)reference!;
                return Inline(target == "runner.json" ? "schemas/derived/runner.schema.json" : Path.Combine(folder, target));
            case JsonObject o:
                var copy = new JsonObject();
                foreach (var (name, value) in o)
                {
                    if (name is not ("additionalProperties" or "optional" or "$comment"))
                    {
                        copy[name] = Resolve(value, folder);
                    }
                }

                return copy;
            case JsonArray a:
                return new JsonArray([.. a.Select(item => Resolve(item, folder))]);
            default:
                return node?.DeepClone();
        }
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(Repository.Root); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "gitlab-contract");
            if (System.IO.Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
