using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Quotas, limit ranges, disruption budgets and priorities.</summary>
internal static class LimitRules
{
    public static IEnumerable<FieldProblem> Problems(ResourceKind kind, JsonObject item)
    {
        if (kind.Kind == "ResourceQuota")
        {
            return (item.Map("spec", "hard") ?? []).Where(one => Quantity.Parse(one.Value?.ToString()) < 0)
                .Select(one => FieldProblem.Invalid($"spec.hard[{one.Key}]", one.Value, "must be greater than or equal to 0"));
        }

        return item.Items("spec", "limits").SelectMany((limit, index) => Order(limit, $"spec.limits[{index}]"));
    }

    public static IEnumerable<FieldProblem> OfBudget(JsonObject item) =>
        item.Map("spec")?["minAvailable"] is not null && item.Map("spec")?["maxUnavailable"] is not null
            ? [FieldProblem.Invalid("spec", item["spec"], "minAvailable and maxUnavailable cannot be both set")]
            : [];

    public static IEnumerable<FieldProblem> OfPriority(JsonObject? before, JsonObject item)
    {
        if (item.Whole("value") > 1_000_000_000 && item.Text("metadata", "name")?.StartsWith("system-", StringComparison.Ordinal) != true)
        {
            yield return FieldProblem.Forbidden("value", "maximum allowed value of a user defined priority is 1000000000");
        }

        if (before is not null && before.Whole("value") != item.Whole("value"))
        {
            yield return FieldProblem.Forbidden("value", "may not be changed in an update.");
        }
    }

    private static IEnumerable<FieldProblem> Order(JsonObject limit, string field)
    {
        foreach (var (lower, upper) in (IEnumerable<(string, string)>)[("min", "max"), ("defaultRequest", "default"), ("default", "max"), ("defaultRequest", "max"), ("min", "default"), ("min", "defaultRequest")])
        {
            foreach (var (name, value) in limit.Map(lower) ?? [])
            {
                if (limit.Map(upper)?[name]?.ToString() is { } above && Quantity.Parse(value?.ToString()) > Quantity.Parse(above))
                {
                    yield return FieldProblem.Invalid($"{field}.{lower}[{name}]", value, $"{lower} value {value} is greater than {upper} value {above}");
                }
            }
        }
    }
}
