using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Custom resource definitions themselves.</summary>
internal static class DefinitionRules
{
    public static IEnumerable<FieldProblem> Problems(JsonObject item)
    {
        var spec = item.Map("spec");
        var versions = spec.Items("versions").ToArray();
        if (item.Text("metadata", "name") != $"{spec.Text("names", "plural")}.{spec.Text("group")}")
        {
            yield return FieldProblem.Invalid("metadata.name", item.At("metadata", "name"), "must be spec.names.plural+\".\"+spec.group");
        }

        foreach (var name in (string[])["kind", "plural"])
        {
            if (spec.Text("names", name) is not { Length: > 0 })
            {
                yield return FieldProblem.Required($"spec.names.{name}");
            }
        }

        if (spec.Text("scope") is not ("Namespaced" or "Cluster"))
        {
            yield return FieldProblem.NotSupported("spec.scope", spec?["scope"]?.DeepClone() ?? "", ["Cluster", "Namespaced"]);
        }

        if (versions.Count(one => one.Flag("storage") == true) != 1)
        {
            yield return FieldProblem.Invalid("spec.versions", spec?["versions"], "must have exactly one version marked as storage version");
        }

        foreach (var (index, version) in versions.Index())
        {
            var at = $"spec.versions[{index}].schema.openAPIV3Schema";
            if (version.Map("schema", "openAPIV3Schema") is not { } schema)
            {
                yield return FieldProblem.Required(at, "schemas are required");
            }
            else if (schema.Text("type") != "object")
            {
                yield return FieldProblem.Invalid($"{at}.type", schema["type"]?.DeepClone() ?? "", "must be object at the root");
            }
        }
    }
}
