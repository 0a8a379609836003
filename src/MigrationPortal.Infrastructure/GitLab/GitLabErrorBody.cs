using System.Text.Json;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>
/// GitLab's own words from an error body: <c>message</c> as text or as an object of lists, or <c>error</c> with
/// <c>error_description</c> (gitlab-api.md 0).
/// </summary>
internal static class GitLabErrorBody
{
    private const int Longest = 500;

    /// <returns>Null when the body is none of GitLab's shapes.</returns>
    public static string? Message(string? body)
    {
        if (string.IsNullOrWhiteSpace(body)) return null;
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
            if (json.RootElement.TryGetProperty("message", out var message)) return Cut(Text(message));
            if (!json.RootElement.TryGetProperty("error", out var error)) return null;
            return json.RootElement.TryGetProperty("error_description", out var more)
                ? Cut($"{Text(error)}: {Text(more)}")
                : Cut(Text(error));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
        // tags_list: can not be empty when ...
        JsonValueKind.Object => string.Join("; ", value.EnumerateObject().Select(one => $"{one.Name}: {Text(one.Value)}")),
        _ => value.ToString(),
    };

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest] + "...";
}
