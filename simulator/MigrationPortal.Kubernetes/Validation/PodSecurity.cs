using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Pod Security admission: what a namespace's labels ask of the pods in it.</summary>
internal static class PodSecurity
{
    private const string Prefix = "pod-security.kubernetes.io/";

    /// <summary>A pod is refused or told of; of a workload only what its pods would be told of is told.</summary>
    public static void Check(WriteOptions options, IReadOnlyDictionary<string, string> labels, JsonObject item)
    {
        var isPod = options.Kind is { Kind: "Pod", Group: "" };
        var spec = isPod ? item.Map("spec") : item.Map("spec", "template", "spec");
        if (spec is null)
        {
            return;
        }

        if (isPod && Violations(spec, labels, "enforce") is { } refused)
        {
            throw StatusException.Forbidden(options.Kind, options.Name, $"violates {refused}");
        }

        if (Violations(spec, labels, "warn") is { } told)
        {
            options.Warn($"would violate {told}");
        }
    }

    // Such as: PodSecurity "restricted:latest": host namespaces (hostNetwork=true)
    private static string? Violations(JsonObject spec, IReadOnlyDictionary<string, string> labels, string mode)
    {
        var level = labels.GetValueOrDefault(Prefix + mode, "privileged");
        if (level is not ("baseline" or "restricted"))
        {
            return null;
        }

        var found = PodSecurityChecks.Of(level).Select(check => check(spec)).OfType<string>().ToArray();
        var version = labels.GetValueOrDefault($"{Prefix}{mode}-version", "latest");
        return found.Length == 0 ? null : $"PodSecurity \"{level}:{version}\": {string.Join(", ", found)}";
    }
}
