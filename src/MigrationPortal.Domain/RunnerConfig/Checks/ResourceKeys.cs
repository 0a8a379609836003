namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>The keys of requests and limits.</summary>
internal static class ResourceKeys
{
    public const string OverwriteMax = "_overwrite_max_allowed";

    /// <summary>Before the kind: of the build container, services, the helper, the whole pod.</summary>
    public static readonly string[] Owners = ["", "service_", "helper_", "pod_"];

    public static readonly string[] Kinds = ["cpu", "memory", "ephemeral_storage"];

    public static readonly IReadOnlyList<string> All = [.. from owner in Owners from kind in Kinds where !(owner == "pod_" && kind == "ephemeral_storage") from end in new[] { "request", "limit" } select $"{owner}{kind}_{end}"];

    /// <summary>"the build container", "each service".</summary>
    public static string Owner(string owner) => owner switch
    {
        "" => "the build container",
        "service_" => "each service",
        "helper_" => "the helper",
        _ => "the pod",
    };
}
