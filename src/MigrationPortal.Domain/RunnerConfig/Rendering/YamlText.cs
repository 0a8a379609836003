using System.Globalization;
using System.Text;

namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>
/// Writes YAML in block style, keys in their given order. Texts that any YAML reader could take for something else are
/// quoted, also those of YAML 1.1 (<c>on</c>, <c>yes</c>, <c>1e3</c>, <c>12:30</c>). Written here because YamlDotNet's emitter has no place for comments between keys.
/// </summary>
public static class YamlText
{
    private static readonly string[] Taken = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

    public static string Of(YamlFields document, string? head = null)
    {
        var text = new StringBuilder();
        Comment(text, head, 0);
        if (document.Fields.Count == 0) text.Append("{}\n");
        Fields(text, document, 0, false);
        return text.ToString();
    }

    public static string Of(YamlItems document)
    {
        var text = new StringBuilder();
        Items(text, document, 0);
        return text.ToString();
    }

    /// <summary>Several documents as one text.</summary>
    public static string Of(IEnumerable<string> documents) => string.Join("---\n", documents);

    private static void Fields(StringBuilder text, YamlFields fields, int indent, bool first)
    {
        foreach (var (key, value, comment) in fields.Fields)
        {
            // The first key of a list's item stands beside its dash: its comment has no line of its own there.
            if (!first) Comment(text, comment, indent);
            if (!first) text.Append(' ', indent);
            text.Append(Text(key)).Append(':');
            Value(text, value, indent);
            first = false;
        }
    }

    private static void Value(StringBuilder text, YamlPart value, int indent)
    {
        switch (value)
        {
            case YamlFields { Fields.Count: 0 }: text.Append(" {}\n"); break;
            case YamlItems { Items.Count: 0 }: text.Append(" []\n"); break;
            case YamlFields fields:
                text.Append('\n');
                Fields(text, fields, indent + 2, false);
                break;
            case YamlItems items when IsShort(items): text.Append(" [").AppendJoin(", ", items.Items.Select(one => Inline((YamlValue)one.Item))).Append("]\n"); break;
            case YamlItems items:
                text.Append('\n');
                Items(text, items, indent + 2);
                break;
            case YamlValue { IsText: true } one when Block(one.Text, indent + 2) is { } block: text.Append(' ').Append(block); break;
            case YamlValue one: text.Append(' ').Append(Inline(one)).Append('\n'); break;
        }
    }

    private static void Items(StringBuilder text, YamlItems items, int indent)
    {
        foreach (var (item, comment) in items.Items)
        {
            Comment(text, comment, indent);
            text.Append(' ', indent).Append('-');
            switch (item)
            {
                case YamlFields { Fields.Count: > 0 } fields:
                    text.Append(' ');
                    Fields(text, fields, indent + 2, true);
                    break;
                case YamlValue one: text.Append(' ').Append(Inline(one)).Append('\n'); break;
                default: Value(text, item, indent); break;
            }
        }
    }

    private static bool IsShort(YamlItems items) => items.Items.All(one => one is { Item: YamlValue, Comment: null }) && items.Items.Sum(one => ((YamlValue)one.Item).Text.Length + 2) <= 90;

    private static string Inline(YamlValue value) => value.IsText ? Text(value.Text) : value.Text.Length == 0 ? "null" : value.Text;

    private static string Text(string text) => IsPlain(text) ? text : Quoted(text);

    private static bool IsPlain(string text) =>
        text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] is '/' or '_') && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '/' or ':' or '-' or '+')
        && text[^1] != ':' && !Taken.Contains(text, StringComparer.OrdinalIgnoreCase);

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
            _ = letter switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                '\r' => quoted.Append("\\r"),
                _ when IsHidden(letter) => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => quoted.Append(letter),
            };
        return quoted.Append('"').ToString();
    }

    private static bool IsHidden(char letter) => char.IsControl(letter) || letter is '\u2028' or '\u2029' or '\ufeff' or '\u0085' or '\ufffe' or '\uffff' || char.IsSurrogate(letter);

    // Several lines stay readable; what a literal block cannot hold as it is, is quoted.
    private static string? Block(string text, int indent)
    {
        if (!text.Contains('\n') || text.All(letter => letter is '\n' or ' ' or '\t') || text.Any(letter => letter is not ('\n' or '\t') && IsHidden(letter))) return null;
        var chomp = text.EndsWith("\n\n", StringComparison.Ordinal) ? "+" : text.EndsWith('\n') ? "" : "-";
        var body = text.EndsWith('\n') ? text[..^1] : text;
        if (body[0] is ' ' or '\t' or '\n' || body.Split('\n').Any(line => line.Length > 0 && string.IsNullOrWhiteSpace(line))) return null;
        var block = new StringBuilder("|").Append(chomp).Append('\n');
        foreach (var line in body.Split('\n')) block.Append(' ', line.Length == 0 ? 0 : indent).Append(line).Append('\n');
        return block.ToString();
    }

    private static void Comment(StringBuilder text, string? comment, int indent)
    {
        foreach (var line in comment?.Split('\n') ?? [])
            text.Append(' ', indent).Append(line.Length == 0 ? "#" : "# ").Append(line).Append('\n');
    }
}
