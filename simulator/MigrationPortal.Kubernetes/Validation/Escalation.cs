using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Nobody grants by a role or a binding what he does not hold himself, unless he may escalate or bind.</summary>
internal static class Escalation
{
    public static void Check(Authorizer authorizer, WriteOptions options, JsonObject item)
    {
        var caller = options.Caller!;
        if (caller.Groups.Contains("system:masters"))
        {
            return;
        }

        var (plural, name, verb, rules) = options.Kind.Kind is "Role" or "ClusterRole"
            ? (options.Kind.Plural, options.Name, "escalate", item.Items("rules").Select(AccessRule.Of).ToArray())
            : Bound(authorizer, options, item);
        if (authorizer.Allows(caller, new AccessQuestion(verb, options.Kind.Group, plural, options.Namespace, name)))
        {
            return;
        }

        var held = authorizer.RulesOf(caller, options.Namespace).ToArray();
        var missing = rules.SelectMany(Single).Where(one => !held.Any(rule => rule.Covers(one))).ToArray();
        if (missing.Length > 0)
        {
            var groups = string.Join(" ", caller.Groups.Select(group => $"\"{group}\""));
            throw StatusException.Forbidden(options.Kind, options.Name,
                $"user \"{caller.Name}\" (groups=[{groups}]) is attempting to grant RBAC permissions not currently held:\n"
                + string.Join('\n', Joined(missing).Order(StringComparer.Ordinal)));
        }
    }

    private static (string Plural, string Name, string Verb, AccessRule[] Rules) Bound(Authorizer authorizer, WriteOptions options, JsonObject item)
    {
        var role = item.Text("roleRef", "name") ?? "";
        var plural = item.Text("roleRef", "kind") == "Role" ? "roles" : "clusterroles";
        return (plural, role, "bind", [.. authorizer.RulesOf(plural == "roles" ? options.Namespace : null, role)]);
    }

    private static IEnumerable<AccessRule> Single(AccessRule rule) => rule.Paths.Length > 0
        ? from verb in rule.Verbs from path in rule.Paths select new AccessRule([verb], [], [], [], [path])
        : from verb in rule.Verbs from api in rule.Groups from resource in rule.Resources select new AccessRule([verb], [api], [resource], rule.Names, []);

    // Verbs of one resource are told together.
    private static IEnumerable<string> Joined(AccessRule[] rules) =>
        rules.GroupBy(one => (Shown("APIGroups", one.Groups), Shown("Resources", one.Resources), Shown("ResourceNames", one.Names), Shown("NonResourceURLs", one.Paths)))
            .Select(some => $"{{{some.Key.Item4}{some.Key.Item1}{some.Key.Item2}{some.Key.Item3}{Shown("Verbs", [.. some.SelectMany(one => one.Verbs)])}".TrimEnd(' ', ',') + "}");

    private static string Shown(string name, string[] values) =>
        values.Length == 0 ? "" : $"{name}:[{string.Join(' ', values.Select(one => $"\"{one}\""))}], ";
}
