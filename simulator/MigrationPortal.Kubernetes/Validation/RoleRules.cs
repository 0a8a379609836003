using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

internal static class RoleRules
{
    private static readonly string[] RoleKinds = ["Role", "ClusterRole"];
    private static readonly string[] SubjectKinds = ["ServiceAccount", "User", "Group"];

    public static IEnumerable<FieldProblem> OfRole(JsonObject item)
    {
        foreach (var (index, rule) in item.Items("rules").Index())
        {
            var read = AccessRule.Of(rule);
            if (read.Verbs.Length == 0)
            {
                yield return FieldProblem.Required($"rules[{index}].verbs", "verbs must contain at least one value");
            }

            if (read.Paths.Length > 0)
            {
                continue;
            }

            if (read.Groups.Length == 0)
            {
                yield return FieldProblem.Required($"rules[{index}].apiGroups", "resource rules must supply at least one api group");
            }

            if (read.Resources.Length == 0)
            {
                yield return FieldProblem.Required($"rules[{index}].resources", "resource rules must supply at least one resource");
            }
        }
    }

    public static IEnumerable<FieldProblem> OfBinding(ResourceKind kind, JsonObject? before, JsonObject item)
    {
        string[] allowed = kind.Kind == "RoleBinding" ? RoleKinds : ["ClusterRole"];
        if (item.Text("roleRef", "kind") is not { } role || !allowed.Contains(role))
        {
            yield return FieldProblem.NotSupported("roleRef.kind", item.At("roleRef", "kind")?.DeepClone() ?? "", allowed);
        }

        if (item.Text("roleRef", "name") is not { Length: > 0 })
        {
            yield return FieldProblem.Required("roleRef.name");
        }

        if (before is not null && !JsonNode.DeepEquals(before["roleRef"], item["roleRef"]))
        {
            yield return FieldProblem.Invalid("roleRef", item["roleRef"], "cannot change roleRef");
        }

        foreach (var (index, subject) in item.Items("subjects").Index())
        {
            if (subject.Text("name") is not { Length: > 0 })
            {
                yield return FieldProblem.Required($"subjects[{index}].name");
            }

            if (!SubjectKinds.Contains(subject.Text("kind")))
            {
                yield return FieldProblem.NotSupported($"subjects[{index}].kind", subject["kind"]?.DeepClone() ?? "", SubjectKinds);
            }
            else if (subject.Text("kind") == "ServiceAccount" && subject.Text("namespace") is not { Length: > 0 })
            {
                yield return FieldProblem.Required($"subjects[{index}].namespace");
            }
        }
    }
}
