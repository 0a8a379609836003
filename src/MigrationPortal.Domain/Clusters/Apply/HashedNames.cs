using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>
/// ConfigMaps of an Operator's Runner under names that say what is in them: the Operator looks at the Runner, and starts no new
/// manager because a ConfigMap of the same name has other content.
/// </summary>
internal static class HashedNames
{
    private static readonly string[] Naming = ["config", "env"];

    public static IReadOnlyList<Manifest> Of(IReadOnlyList<Manifest> objects)
    {
        if (objects.FirstOrDefault(one => one.Key.Kind == "Runner") is not { } runner) return objects;
        var (body, named) = ((JsonObject)runner.Body.DeepClone(), new Dictionary<ObjectKey, Manifest>());
        foreach (var field in Naming)
            if (body["spec"]?[field]?.ToString() is { } name && objects.FirstOrDefault(one => one.Key.Kind == "ConfigMap" && one.Key.Name == name && one.Key.Namespace == runner.Key.Namespace) is { } map)
            {
                var copy = (JsonObject)map.Body.DeepClone();
                var full = $"{name}-{Hash(copy["data"]?.ToJsonString() ?? "")[..10]}";
                copy["metadata"]!["name"] = full;
                body["spec"]![field] = full;
                named[map.Key] = map.With(copy);
            }

        return [.. objects.Select(one => one == runner ? runner.With(body) : named.GetValueOrDefault(one.Key, one))];
    }

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
