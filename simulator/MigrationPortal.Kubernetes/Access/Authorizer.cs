using System.Collections.Immutable;

namespace MigrationPortal.Kubernetes;

/// <summary>Access by the Roles, ClusterRoles and bindings that the cluster holds.</summary>
internal sealed class Authorizer(ObjectStore store)
{
    private static readonly string[] Sources = ["clusterroles", "roles", "clusterrolebindings", "rolebindings"];
    private Compiled? compiled;

    public bool Allows(Caller caller, AccessQuestion question) =>
        RulesOf(caller, question.Namespace).Any(rule => rule.Allows(question));

    public bool AllowsPath(Caller caller, string verb, string path) =>
        caller.Groups.Contains("system:masters") || RulesOf(caller, null).Any(rule => rule.AllowsPath(verb, path));

    /// <summary>What applies to this caller: of the cluster, and of this namespace.</summary>
    public IEnumerable<AccessRule> RulesOf(Caller caller, string? space)
    {
        var rules = Current();
        return rules.Bindings.Where(one => one.Namespace is null || one.Namespace == space)
            .Where(one => one.Binds(caller)).SelectMany(one => rules.Roles.GetValueOrDefault(one.Role) ?? []);
    }

    /// <summary>The rules of a role; none when it does not exist.</summary>
    public IReadOnlyList<AccessRule> RulesOf(string? space, string role) => Current().Roles.GetValueOrDefault((space, role)) ?? [];

    private Compiled Current()
    {
        var sets = Sources.Select(plural => store.Of(KindTable.BuiltInOf(plural)).Items).ToArray();
        var known = Volatile.Read(ref compiled);
        if (known is null || !known.From.SequenceEqual(sets))
        {
            Volatile.Write(ref compiled, known = new Compiled(
                sets,
                sets[0].Concat(sets[1]).ToDictionary(role => (role.Namespace, role.Name), AccessRule[] (role) => [.. role.Read().Items("rules").Select(AccessRule.Of)]),
                [.. sets[2].Concat(sets[3]).Select(Binding.Of)]));
        }

        return known;
    }

    private sealed record Compiled(
        ImmutableSortedSet<StoredObject>[] From, Dictionary<(string?, string), AccessRule[]> Roles, Binding[] Bindings);

    private sealed record Binding(string? Namespace, (string?, string) Role, (string Kind, string? Namespace, string Name)[] Subjects)
    {
        public static Binding Of(StoredObject stored)
        {
            var item = stored.Read();
            var name = item.Text("roleRef", "name") ?? "";
            return new Binding(
                stored.Namespace,
                (item.Text("roleRef", "kind") == "Role" ? stored.Namespace : null, name),
                [.. item.Items("subjects").Select(one => (one.Text("kind") ?? "", one.Text("namespace"), one.Text("name") ?? ""))]);
        }

        public bool Binds(Caller caller) => Array.Exists(Subjects, one => one switch
        {
            ("User", _, var name) => name == caller.Name,
            ("Group", _, var name) => caller.Groups.Contains(name),
            ("ServiceAccount", var space, var name) => caller.Name == $"system:serviceaccount:{space ?? Namespace}:{name}",
            _ => false,
        });
    }
}
