using System.Text.Json.Nodes;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>One object as the portal wants it: only the fields that it means to own.</summary>
public sealed class Manifest
{
    // Whatever else a rendering held, the portal would neither know its address nor have asked for the right.
    private static readonly Dictionary<string, string[]> Kinds = new(StringComparer.Ordinal)
    {
        ["v1"] = ["ConfigMap", "Namespace", "ServiceAccount", "Service", "ResourceQuota", "LimitRange"],
        ["apps/v1"] = ["Deployment"],
        ["rbac.authorization.k8s.io/v1"] = ["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"],
        ["networking.k8s.io/v1"] = ["NetworkPolicy"],
        ["policy/v1"] = ["PodDisruptionBudget"],
        ["autoscaling/v2"] = ["HorizontalPodAutoscaler"],
        ["apps.gitlab.com/v1beta2"] = ["Runner"],
    };

    private Manifest(ObjectKey key, JsonObject body) => (Key, Body) = (key, body);

    public ObjectKey Key { get; }

    /// <summary>Never changed: copies are.</summary>
    public JsonObject Body { get; }

    /// <summary>What must be there before others: a namespace, then what Deployments name, then they.</summary>
    public int Order => Key.Kind switch { "Namespace" => 0, "ResourceQuota" or "LimitRange" or "NetworkPolicy" => 1, "ServiceAccount" or "Role" or "ClusterRole" or "ConfigMap" => 2, "RoleBinding" or "ClusterRoleBinding" => 3, "Deployment" or "Runner" => 5, _ => 4 };

    /// <summary>Its pods, or those that an Operator makes of it, must come up before it counts as applied.</summary>
    public bool RollsOut => Key.Kind is "Deployment" or "Runner";

    /// <returns>Refuses <c>invalid-rendering</c>: no object, or of a kind that the portal does not apply.</returns>
    public static Outcome<Manifest> Of(JsonObject body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var (version, kind, name) = (Text(body["apiVersion"]), Text(body["kind"]), Text(body["metadata"]?["name"]));
        if (version is null || kind is null || name is null) return Refusal.Of("invalid-rendering", "The rendering holds something without apiVersion, kind or metadata.name.");
        return Kinds.TryGetValue(version, out var known) && known.Contains(kind, StringComparer.Ordinal)
            ? new Manifest(new ObjectKey(version, kind, Text(body["metadata"]?["namespace"]), name), body)
            : Refusal.Of("invalid-rendering", $"The rendering holds a {kind} ({version}), which the portal does not apply.");
    }

    /// <summary>With another body, such as one that leaves fields to others, or has another name.</summary>
    public Manifest With(JsonObject body) => new(Key with { Name = Text(body["metadata"]?["name"]) ?? Key.Name }, body);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
