using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>The fields that a field selector may name, beside name and namespace.</summary>
internal static class SelectableFields
{
    private static readonly Dictionary<string, string[]> ByKind = new(StringComparer.Ordinal)
    {
        ["Pod"] = ["spec.nodeName", "status.phase", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "status.podIP"],
        ["Namespace"] = ["status.phase"],
        ["Secret"] = ["type"],
        ["Node"] = ["spec.unschedulable"],
        ["ReplicaSet"] = ["status.replicas"],
        ["Event"] =
        [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "reason", "type",
            "reportingComponent", "source",
        ],
    };

    /// <summary>The same for each version and view of a kind: one object is kept for all.</summary>
    public static IReadOnlyList<string> Of(ResourceKind kind) =>
        kind.IsCustom ? [] : ByKind.GetValueOrDefault(kind.Kind) ?? [];

    public static string Read(JsonObject item, string path) => path switch
    {
        "spec.unschedulable" => item.Map("spec").Flag("unschedulable") == true ? "true" : "false",
        "status.replicas" => item.Map("status").Whole("replicas")?.ToString(provider: null) ?? "0",
        "source" => item.Text("source", "component") ?? "",
        _ => item.Text(path.Split('.')) ?? "",
    };
}
