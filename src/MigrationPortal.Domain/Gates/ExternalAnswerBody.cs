using System.Globalization;
using System.Text.Json;

namespace MigrationPortal.Domain.Gates;

/// <summary>The body of a posted answer: <c>{"verdict":"pass","sentence":"...","expiresAt":"2026-12-01T12:00:00Z"}</c>.</summary>
/// <param name="Lasts">From now on.</param>
internal sealed record ExternalAnswerBody(GateVerdict Verdict, string Sentence, TimeSpan Lasts)
{
    private const int LongestSentence = 500;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);
    private static readonly string[] Fields = ["verdict", "sentence", "expiresAt"];

    /// <returns>Without it every problem with its field.</returns>
    public static (ExternalAnswerBody? Body, IReadOnlyList<string> Problems) Read(ReadOnlySpan<byte> json, DateTimeOffset now)
    {
        Dictionary<string, JsonElement>? given;
        try
        {
            given = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json);
        }
        catch (JsonException)
        {
            given = null;
        }

        if (given is null) return (null, ["The body is no JSON object: send verdict, sentence and expiresAt."]);
        var problems = given.Keys.Except(Fields, StringComparer.Ordinal).Select(unknown => $"{unknown}: is not known here. Leave it out.").ToList();
        var verdict = Text(given, "verdict") switch { "pass" => GateVerdict.Pass, "fail" => GateVerdict.Fail, "wait" => GateVerdict.Wait, "unknown" => GateVerdict.Unknown, _ => (GateVerdict?)null };
        if (verdict is null) problems.Add("verdict: must be pass, fail, wait or unknown.");

        var sentence = Text(given, "sentence")?.Trim() ?? "";
        if (given.ContainsKey("sentence") && Text(given, "sentence") is null || sentence.Length > LongestSentence || sentence.Any(char.IsControl))
            problems.Add($"sentence: must be a text of one line, at most {LongestSentence} characters.");
        if (!DateTimeOffset.TryParse(Text(given, "expiresAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires))
            problems.Add("expiresAt: needed: a time, ISO 8601 in UTC.");
        else if (expires <= now || expires - now > Longest) problems.Add($"expiresAt: must lie in the future, at most {Longest.TotalDays:0} days ahead.");
        return problems.Count > 0 ? (null, problems) : (new ExternalAnswerBody(verdict!.Value, sentence, expires - now), []);
    }

    // Half of a surrogate pair is no text.
    private static string? Text(Dictionary<string, JsonElement> given, string field)
    {
        if (!given.TryGetValue(field, out var value) || value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
