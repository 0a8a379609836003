using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>
/// ConfigMaps of an Operator's Runner under names that say what is in them and in the Runner: the Operator looks at the Runner, and
/// starts no new manager because a ConfigMap of the same name has other content. By these names its Deployment says what it runs.
/// </summary>
internal static class HashedNames
{
    private const int Digits = 10;

    private static readonly string[] Naming = ["config", "env"];

    public static IReadOnlyList<Manifest> Of(IReadOnlyList<Manifest> objects)
    {
        if (objects.FirstOrDefault(one => one.Key.Kind == "Runner") is not { } runner) return objects;
        var spec = runner.Body["spec"]?.ToJsonString() ?? "";
        var (body, named) = ((JsonObject)runner.Body.DeepClone(), new Dictionary<ObjectKey, Manifest>());
        foreach (var field in Naming)
            if (body["spec"]?[field]?.ToString() is { } name && objects.FirstOrDefault(one => one.Key.Kind == "ConfigMap" && one.Key.Name == name && one.Key.Namespace == runner.Key.Namespace) is { } map)
            {
                var copy = (JsonObject)map.Body.DeepClone();
                var full = $"{name}-{Hash(spec + copy["data"]?.ToJsonString())[..Digits]}";
                copy["metadata"]!["name"] = full;
                body["spec"]![field] = full;
                named[map.Key] = map.With(copy);
            }

        return [.. objects.Select(one => one == runner ? runner.With(body) : named.GetValueOrDefault(one.Key, one))];
    }

    /// <summary>Whether a name is that of the same ConfigMap with other content.</summary>
    public static bool IsOther(string name, string wanted) => name != wanted && name.Length == wanted.Length && wanted.Length > Digits && name.AsSpan(0, name.Length - Digits).SequenceEqual(wanted.AsSpan(0, wanted.Length - Digits)) && name[^Digits..].All(char.IsAsciiHexDigitLower);

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
