using MigrationPortal.Domain.Clusters.Apply;

namespace MigrationPortal.Infrastructure.Clusters.Apply;

/// <summary>Where an API server keeps each kind that the portal applies or looks at.</summary>
internal static class ObjectPaths
{
    // By the API's own plurals, none of which is irregular but one.
    private static readonly Dictionary<string, string> Plurals = new(StringComparer.Ordinal) { ["NetworkPolicy"] = "networkpolicies" };

    public static string Of(ObjectKey key) => $"{Of(key, "")}/{Uri.EscapeDataString(key.Name)}";

    /// <param name="query">With its question mark, or empty.</param>
    public static string Of(ObjectKey key, string query)
    {
        var root = key.ApiVersion.Contains('/', StringComparison.Ordinal) ? $"apis/{key.ApiVersion}" : $"api/{key.ApiVersion}";
        var space = key.Namespace is null ? "" : $"/namespaces/{Uri.EscapeDataString(key.Namespace)}";
        return $"{root}{space}/{Plurals.GetValueOrDefault(key.Kind, $"{key.Kind.ToLowerInvariant()}s")}{query}";
    }
}
