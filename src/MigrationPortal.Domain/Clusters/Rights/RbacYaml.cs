using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MigrationPortal.Domain.Clusters.Rights;

/// <summary>RBAC manifests to paste, that grant exactly some permissions to one account and nothing else.</summary>
public static class RbacYaml
{
    /// <param name="user">As the API server names it; null: a placeholder to fill in.</param>
    /// <param name="name">Null: one made of the rights themselves, so that pasting it never takes away what another role of ours grants.</param>
    /// <returns>Empty when nothing is to be granted.</returns>
    public static string Grant(IEnumerable<Permission> permissions, string? user, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(permissions);
        var byScope = permissions.GroupBy(one => one.Namespace).OrderBy(one => one.Key is null).ThenBy(one => one.Key, StringComparer.Ordinal);
        return string.Join("---\n", byScope.Select(scope => Scope(scope.Key, [.. scope], user, name)));
    }

    private static string Scope(string? space, IReadOnlyList<Permission> permissions, string? user, string? name)
    {
        var rules = Rules(permissions);
        var called = name ?? $"migration-portal-{Hash(rules)}";
        var kind = space is null ? "ClusterRole" : "Role";
        var text = new StringBuilder();
        void Head(string of)
        {
            text.Append(CultureInfo.InvariantCulture, $"apiVersion: rbac.authorization.k8s.io/v1\nkind: {of}\nmetadata:\n  name: {called}\n");
            if (space is not null) text.Append(CultureInfo.InvariantCulture, $"  namespace: {space}\n");
        }

        Head(kind);
        text.Append("rules:\n").Append(rules).Append("---\n");
        Head($"{kind}Binding");
        text.Append(CultureInfo.InvariantCulture, $"roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: {kind}\n  name: {called}\nsubjects:\n{Subject(user)}");
        return text.ToString();
    }

    private static string Rules(IEnumerable<Permission> permissions)
    {
        var perResource = permissions.GroupBy(one => (one.Group, one.Resource)).Select(one => (one.Key.Group, one.Key.Resource, Verbs: List(one.Select(verb => verb.Verb).Distinct())));
        var rules = perResource.GroupBy(one => (one.Group, one.Verbs)).OrderBy(one => one.Key.Group, StringComparer.Ordinal).ThenBy(one => one.Select(rule => rule.Resource).Min(StringComparer.Ordinal), StringComparer.Ordinal);
        return string.Concat(rules.Select(rule => $"- apiGroups: [\"{rule.Key.Group}\"]\n  resources: {List(rule.Select(one => one.Resource))}\n  verbs: {rule.Key.Verbs}\n"));
    }

    private static string Subject(string? user) => user?.Split(':') switch
    {
        ["system", "serviceaccount", var space, var account] => $"- kind: ServiceAccount\n  name: {account}\n  namespace: {space}\n",
        null => "# The API server did not say who the portal is: write its account here.\n- kind: User\n  apiGroup: rbac.authorization.k8s.io\n  name: REPLACE-ME\n",
        _ => $"- kind: User\n  apiGroup: rbac.authorization.k8s.io\n  name: {Quoted(user)}\n",
    };

    // JSON's quoting is YAML's too.
    private static string Quoted(string text) => $"\"{System.Text.Json.JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static string List(IEnumerable<string> words) => $"[{string.Join(", ", words.Order(StringComparer.Ordinal).Select(one => $"\"{one}\""))}]";

    private static string Hash(string rules) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(rules)))[..6];
}
