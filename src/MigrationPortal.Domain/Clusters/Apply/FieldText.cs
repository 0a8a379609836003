using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>Values of fields as they may be shown: short, and without what looks like a secret, whoever put it there.</summary>
internal static partial class FieldText
{
    private const int Longest = 4000;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static (string? From, string? To) Both(FieldPath path, JsonNode? from, JsonNode? to)
    {
        var (was, becomes) = (Text(from), Text(to));
        if (was is not null && becomes is not null && (was.Contains('\n', StringComparison.Ordinal) || becomes.Contains('\n', StringComparison.Ordinal))) (was, becomes) = Lines(was, becomes);
        var isSecret = path.Steps is [.., FieldStep.Field last] && SecretName().IsMatch(last.Name);
        return (Shown(was, isSecret), Shown(becomes, isSecret));
    }

    private static string? Text(JsonNode? node) => node switch { null => null, JsonValue value when value.TryGetValue<string>(out var text) => text, _ => node.ToJsonString(Plain) };

    /// <summary>The lines of each that the other does not have, in their order.</summary>
    private static (string, string) Lines(string from, string to)
    {
        var (before, after) = (from.Split('\n'), to.Split('\n'));
        var (left, right) = (Counted(after), Counted(before));
        return (string.Join('\n', before.Where(line => !Take(left, line))), string.Join('\n', after.Where(line => !Take(right, line))));
    }

    private static Dictionary<string, int> Counted(string[] lines) => lines.CountBy(line => line).ToDictionary(StringComparer.Ordinal);

    private static bool Take(Dictionary<string, int> lines, string line) => lines.TryGetValue(line, out var count) && count > 0 && (lines[line] = count - 1) >= 0;

    private static string? Shown(string? text, bool isSecret)
    {
        if (text is null) return null;
        if (isSecret) return "(hidden)";
        var plain = Tokens().Replace(SecretLine().Replace(text, "$1(hidden)"), "(hidden)");
        return plain.Length > Longest ? $"{plain[..Longest]}…" : plain;
    }

    [GeneratedRegex(@"(?i)^(token|password|.*secret_?key|.*access_?key|bearer_?token)$")]
    private static partial Regex SecretName();

    // TOML's own form and that of environment lines.
    [GeneratedRegex(@"(?im)^(\s*(?:token|bearer_token|AccessKey|SecretKey|SessionToken|PrivateKey|AccountKey|password|sentry_dsn)\s*=\s*).*$")]
    private static partial Regex SecretLine();

    [GeneratedRegex(@"gl[a-z]{2,6}-[A-Za-z0-9_.\-]{16,}|GR1348941[A-Za-z0-9_\-]{10,}")]
    private static partial Regex Tokens();
}
