using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>One resource in one version: what discovery lists, and how its objects are stored and checked.</summary>
/// <param name="Schema">The structural schema of a custom resource; null for a built-in one.</param>
internal sealed record ResourceKind(
    string Group, string Version, string Kind, string Plural, string Singular, bool Namespaced, FieldType Type, JsonObject? Schema = null)
{
    private static readonly HashSet<string> WithoutGeneration = new(StringComparer.Ordinal)
        { "ConfigMap", "Secret", "ServiceAccount", "Namespace", "Node", "Event", "ResourceQuota", "LimitRange", "PersistentVolumeClaim", "Service", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding" };

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public bool HasStatus { get; init; }

    public bool HasScale { get; init; }

    /// <summary>Answers a question and is never kept, as access reviews are.</summary>
    public bool IsReview { get; init; }

    /// <summary>Shows what another resource keeps, in words of its own, and takes no writes. Null: it is kept as it is shown.</summary>
    public Func<JsonObject, JsonObject>? View { get; init; }

    /// <summary>The group under which its objects are kept.</summary>
    public string StoreGroup { get; init; } = Group;

    public bool IsCustom => Schema is not null;

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public string ListKind => Kind + "List";

    /// <summary>As refusals name it: <c>deployments.apps</c>, <c>pods</c>.</summary>
    public string Qualified => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>Whether a change of the specification is counted. A custom resource always counts.</summary>
    public bool CountsGenerations => IsCustom || !WithoutGeneration.Contains(Kind);

    /// <summary>The verbs that discovery lists.</summary>
    public IReadOnlyList<string> Verbs => IsReview
        ? ["create"]
        : View is not null ? ["get", "list", "watch"]
        : ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
}
