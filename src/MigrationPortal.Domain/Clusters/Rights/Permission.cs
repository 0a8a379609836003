namespace MigrationPortal.Domain.Clusters.Rights;

/// <summary>What a permission is for. Stored by name: never rename one.</summary>
public enum PermissionUse
{
    /// <summary>To watch job pods and managers.</summary>
    View,

    /// <summary>To apply the manifests of a runner manager.</summary>
    Apply,

    /// <summary>To apply runners of the Operator.</summary>
    Operator,
}

/// <summary>One verb on one resource. Stored: names here are promises.</summary>
/// <param name="Group">API group; empty is the core group.</param>
/// <param name="Resource">In the plural, with its subresource: <c>pods</c>, <c>pods/proxy</c>.</param>
/// <param name="Namespace">Null: of the whole cluster.</param>
/// <param name="Optional">What is lost without it, where the rest still works; else null.</param>
public sealed record Permission(PermissionUse Use, string Group, string Resource, string Verb, string? Namespace, string? Optional = null)
{
    /// <summary>It would let the portal grant more than it has: granted on purpose alone, never along with the rest.</summary>
    public bool IsEscalation => Verb is "escalate" or "bind";

    public override string ToString() => $"{Verb} {Resource}{(Group.Length > 0 ? $".{Group}" : "")} {(Namespace is null ? "in the whole cluster" : $"in {Namespace}")}";
}

/// <param name="Reason">The cluster's own word, where it gave one.</param>
public sealed record PermissionAnswer(Permission Permission, bool IsGranted, string? Reason = null);
