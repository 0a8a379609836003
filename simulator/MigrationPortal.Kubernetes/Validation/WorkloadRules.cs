using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Deployments and replica sets: a selector that fits the template and never changes.</summary>
internal static class WorkloadRules
{
    public static IEnumerable<FieldProblem> Problems(ResourceKind kind, JsonObject? before, JsonObject item)
    {
        var spec = item.Map("spec");
        var selector = spec.Map("selector");
        var labels = spec.Map("template", "metadata", "labels");
        if (spec.Whole("replicas") is < 0 and var replicas)
        {
            yield return FieldProblem.Invalid("spec.replicas", replicas, "must be greater than or equal to 0");
        }

        if (selector is null or { Count: 0 })
        {
            yield return selector is null
                ? FieldProblem.Required("spec.selector")
                : FieldProblem.Invalid("spec.selector", selector, $"empty selector is invalid for {kind.Kind.ToLowerInvariant()}");
        }
        else if (!SelectorMatch.Matches(selector, labels))
        {
            yield return FieldProblem.Invalid("spec.template.metadata.labels", labels ?? [], "`selector` does not match template `labels`");
        }

        if (before is not null && !JsonNode.DeepEquals(before.Map("spec")?["selector"], selector))
        {
            yield return FieldProblem.Invalid("spec.selector", selector, "field is immutable");
        }

        if (spec.Text("strategy", "type") == "Recreate" && spec.At("strategy", "rollingUpdate") is not null)
        {
            yield return FieldProblem.Forbidden("spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
        }

        foreach (var one in NameRules.OfLabels(labels, "spec.template.metadata.labels").Concat(PodRules.Problems(spec.Map("template", "spec"), "spec.template.spec", labels)))
        {
            yield return one;
        }

        if (spec.Text("template", "spec", "restartPolicy") is { } policy and not "Always")
        {
            yield return FieldProblem.NotSupported("spec.template.spec.restartPolicy", policy, ["Always"]);
        }
    }
}

/// <summary>Label selectors as objects carry them.</summary>
internal static class SelectorMatch
{
    public static bool Matches(JsonObject selector, JsonObject? labels) =>
        (selector.Map("matchLabels") ?? []).All(one => labels?[one.Key]?.ToString() == one.Value?.ToString())
        && selector.Items("matchExpressions").All(one => Holds(one, labels?[one.Text("key") ?? ""]?.ToString()));

    private static bool Holds(JsonObject expression, string? value) => expression.Text("operator") switch
    {
        "In" => value is not null && expression.Texts("values").Contains(value),
        "NotIn" => value is null || !expression.Texts("values").Contains(value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        _ => false,
    };
}
