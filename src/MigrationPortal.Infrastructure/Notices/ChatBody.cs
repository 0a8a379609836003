using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationPortal.Domain.Notices;

namespace MigrationPortal.Infrastructure.Notices;

/// <summary>
/// One form that Slack and Mattermost both read: <c>text</c> and an attachment with the numbers. What comes from elsewhere
/// (names of runners, GitLab's words) is plain text to each: no formatting, no link that hides where it leads, nobody called.
/// </summary>
internal static class ChatBody
{
    // Mattermost reads Markdown; a backslash before any of these is the character itself (CommonMark 2.4).
    private const string Marks = @"\`*_{}[]()#+-.!|~";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static byte[] Of(Message message, ChannelKind dialect)
    {
        string Plain(string text) => dialect == ChannelKind.Slack ? Slack(text) : Mattermost(text);
        var fields = message.Notice.Numbers.Select(one => new Field(Plain(one.Name), Plain(one.Value), true)).ToList();
        return JsonSerializer.SerializeToUtf8Bytes(
            new Envelope(
                Plain($"{message.Label}: {message.Notice.Sentence}"),
                false,
                [
                    new Attachment(
                        Plain(message.Notice.Sentence), Colour(message.Notice.Severity), message.Link is null ? null : "Open in MigrationPortal", message.Link,
                        message.Taken is { } taken ? Plain(taken) : null, fields, $"MigrationPortal, {message.At}", []),
                ]),
            Form);
    }

    /// <summary>Slack's three control characters; the rest is switched off by <c>mrkdwn</c>.</summary>
    internal static string Slack(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>A zero-width space after @ calls nobody, and after the : of an address makes no link.</summary>
    internal static string Mattermost(string text)
    {
        var plain = new System.Text.StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            if (Marks.Contains(letter, StringComparison.Ordinal)) plain.Append('\\').Append(letter);
            else if (letter is '<') plain.Append("&lt;");
            else if (letter is '>') plain.Append("&gt;");
            else if (letter is '&') plain.Append("&amp;");
            else if (letter is '@' or ':') plain.Append(letter).Append('\u200B');
            else plain.Append(letter is '\r' or '\n' ? ' ' : letter);
        }
        return plain.ToString();
    }

    private static string Colour(NoticeSeverity severity) => severity switch
    {
        NoticeSeverity.Critical => "#C4271B",
        NoticeSeverity.Attention => "#9A6700",
        _ => "#57606A",
    };

    private sealed record Envelope(string Text, bool Mrkdwn, IReadOnlyList<Attachment> Attachments);

    private sealed record Attachment(
        string Fallback, string Color, string? Title, [property: JsonPropertyName("title_link")] string? TitleLink, string? Text, IReadOnlyList<Field> Fields, string Footer,
        [property: JsonPropertyName("mrkdwn_in")] IReadOnlyList<string> MrkdwnIn);

    private sealed record Field(string Title, string Value, bool Short);
}
