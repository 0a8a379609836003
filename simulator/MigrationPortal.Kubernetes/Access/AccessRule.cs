using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>One rule of a Role or ClusterRole.</summary>
internal sealed record AccessRule(string[] Verbs, string[] Groups, string[] Resources, string[] Names, string[] Paths)
{
    public static AccessRule Of(JsonObject rule) => new(
        [.. rule.Texts("verbs")], [.. rule.Texts("apiGroups")], [.. rule.Texts("resources")], [.. rule.Texts("resourceNames")],
        [.. rule.Texts("nonResourceURLs")]);

    public bool Allows(AccessQuestion question) =>
        Has(Verbs, question.Verb) && Has(Groups, question.Group) && HasResource(question.Resource)
        && (Names.Length == 0 || Names.Contains(question.Name));

    public bool AllowsPath(string verb, string path) =>
        Has(Verbs, verb) && Paths.Any(one => one == "*" || one == path || (one.EndsWith('*') && path.StartsWith(one[..^1], StringComparison.Ordinal)));

    /// <summary>Whether all that the other allows is allowed by this one.</summary>
    public bool Covers(AccessRule other) =>
        other.Verbs.All(one => Has(Verbs, one)) && other.Groups.All(one => Has(Groups, one)) && other.Resources.All(HasResource)
        && other.Paths.All(one => Has(Paths, one))
        && (Names.Length == 0 || (other.Names.Length > 0 && other.Names.All(Names.Contains)));

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["verbs"] = ListOf(Verbs) };
        foreach (var (name, values) in (ReadOnlySpan<(string, string[])>)
            [("apiGroups", Groups), ("resources", Resources), ("resourceNames", Names), ("nonResourceURLs", Paths)])
        {
            if (values.Length > 0)
            {
                json[name] = ListOf(values);
            }
        }

        return json;
    }

    private static JsonArray ListOf(string[] values) => new([.. values.Select(JsonNode? (one) => JsonValue.Create(one))]);

    private static bool Has(string[] values, string one) => values.Contains("*") || values.Contains(one);

    private bool HasResource(string resource) =>
        Has(Resources, resource) || (resource.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && Resources.Contains("*" + resource[slash..]));
}
