using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>
/// What was seen and what is wanted as one short text. Of live objects what somebody wants of them counts, not their
/// resourceVersion: that of a Deployment grows with each of its pods that gets ready.
/// </summary>
internal static class ApplyFingerprint
{
    public static string Of(IEnumerable<ObjectTrial> trials, IEnumerable<(ObjectKey Key, string Uid)> removed)
    {
        var text = new StringBuilder();
        foreach (var trial in trials.OrderBy(one => one.Wanted.Key.ToString(), StringComparer.Ordinal))
            text.Append(trial.Wanted.Key).Append('|').Append(trial.Before is { } live ? live.Uid + Sorted(live.Wanted()) : "absent").Append('|').Append(Sorted(trial.Wanted.Body)).Append('\n');
        foreach (var (key, uid) in removed.OrderBy(one => one.Key.ToString(), StringComparer.Ordinal)) text.Append("-|").Append(key).Append('|').Append(uid).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }

    internal static string Sorted(JsonNode? node) => node switch
    {
        JsonObject map => $"{{{string.Join(',', map.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{JsonValue.Create(one.Key).ToJsonString()}:{Sorted(one.Value)}"))}}}",
        JsonArray list => $"[{string.Join(',', list.Select(Sorted))}]",
        null => "null",
        _ => node.ToJsonString(),
    };
}
