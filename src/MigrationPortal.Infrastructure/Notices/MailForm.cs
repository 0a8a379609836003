using System.Globalization;
using System.Net;
using System.Text;
using MigrationPortal.Domain.Notices;
using MimeKit;
using MimeKit.Text;

namespace MigrationPortal.Infrastructure.Notices;

/// <summary>A notice as e-mail, text and simple HTML; names and GitLab's words are text in both.</summary>
internal static class MailForm
{
    private const int LongestSubject = 180;

    /// <param name="id">The delivery's: the same message again has the same <c>Message-Id</c>.</param>
    public static MimeMessage Of(Message message, Guid id, string from, IEnumerable<string> to, DateTimeOffset now)
    {
        var sender = MailboxAddress.Parse(from);
        var mail = new MimeMessage { MessageId = $"{id}@{sender.Domain}", Subject = Subject(message), Date = now };
        mail.From.Add(sender);
        mail.To.AddRange(to.Select(MailboxAddress.Parse));
        // Mail programs must not answer it with "I am on holiday" (RFC 3834).
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Body = new MultipartAlternative(
            new TextPart(TextFormat.Plain) { Text = Text(message) },
            new TextPart(TextFormat.Html) { Text = Html(message) });
        return mail;
    }

    /// <param name="to">An address as GitLab tells it.</param>
    /// <param name="link">Absolute; null where the portal does not know its own address.</param>
    public static MimeMessage Of(PersonMail mail, Guid id, string? link, string from, string to, DateTimeOffset now)
    {
        var sender = MailboxAddress.Parse(from);
        var message = new MimeMessage { MessageId = $"{id}@{sender.Domain}", Subject = OneLine(mail.Subject), Date = now };
        message.From.Add(sender);
        message.To.Add(MailboxAddress.Parse(to));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body = new TextPart(TextFormat.Plain) { Text = link is null ? mail.Text + "\n" : $"{mail.Text}\n\n{link}\n" };
        return message;
    }

    private static string Subject(Message message) => OneLine($"[{message.Label}] {message.Notice.Sentence}");

    private static string OneLine(string words)
    {
        var text = string.Concat(words.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return text.Length <= LongestSubject ? text : text[..(LongestSubject - 1)] + "…";
    }

    private static string Text(Message message)
    {
        var text = new StringBuilder().AppendLine(message.Notice.Sentence).AppendLine();
        foreach (var (name, value) in message.Notice.Numbers) text.AppendLine(CultureInfo.InvariantCulture, $"{name}: {value}");
        text.AppendLine(CultureInfo.InvariantCulture, $"at: {message.At}");
        if (message.Taken is { } taken) text.AppendLine().AppendLine(taken);
        if (message.Link is { } link) text.AppendLine().AppendLine(link);
        return text.ToString();
    }

    private static string Html(Message message)
    {
        static string Safe(string text) => WebUtility.HtmlEncode(text);
        var html = new StringBuilder("<!DOCTYPE html><html><body style=\"font:14px/20px sans-serif\">");
        html.Append(CultureInfo.InvariantCulture, $"<p>{Safe(message.Label)}</p><p><b>{Safe(message.Notice.Sentence)}</b></p><table cellpadding=\"0\" cellspacing=\"0\">");
        foreach (var (name, value) in message.Notice.Numbers.Append(new("at", message.At)))
            html.Append(CultureInfo.InvariantCulture, $"<tr><td style=\"padding-right:16px\">{Safe(name)}</td><td>{Safe(value)}</td></tr>");
        html.Append("</table>");
        if (message.Taken is { } taken) html.Append(CultureInfo.InvariantCulture, $"<p>{Safe(taken)}</p>");
        if (message.Link is { } link) html.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{Safe(link)}\">Open in MigrationPortal</a></p>");
        return html.Append("</body></html>").ToString();
    }
}
