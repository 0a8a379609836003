using System.Globalization;
using System.Text;

namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>Writes TOML: plain keys before tables, tables in their order, two spaces a level, as gitlab-runner saves its own file.</summary>
internal static class TomlText
{
    public static string Of(ConfigTable root)
    {
        var text = new StringBuilder();
        Body(text, root, "", "");
        return text.ToString();
    }

    public static string Of(ConfigScalar scalar) => scalar.Value switch
    {
        string value => Quoted(value),
        long value => value.ToString(CultureInfo.InvariantCulture),
        double value => Float(value),
        bool value => value ? "true" : "false",
        ConfigDate value => value.Text,
        _ => throw new InvalidOperationException("A scalar without a case."),
    };

    private static void Body(StringBuilder text, ConfigTable table, string path, string indent)
    {
        foreach (var (key, value) in table.Entries.Where(entry => !IsSection(entry.Value)))
        {
            Comment(text, value, indent);
            text.Append(indent).Append(Key(key)).Append(" = ").Append(Inline(value)).Append('\n');
        }

        foreach (var (key, value) in table.Entries.Where(entry => IsSection(entry.Value)))
        {
            var name = path.Length == 0 ? Key(key) : $"{path}.{Key(key)}";
            if (value is ConfigTable one) Section(text, one, name, indent, "[", "]");
            else
                foreach (var item in ((ConfigList)value).Items) Section(text, (ConfigTable)item, name, indent, "[[", "]]");
        }
    }

    private static void Section(StringBuilder text, ConfigTable table, string name, string indent, string open, string close)
    {
        if (text.Length > 0) text.Append('\n');
        Comment(text, table, indent);
        text.Append(indent).Append(open).Append(name).Append(close).Append('\n');
        Body(text, table, name, indent + "  ");
    }

    private static void Comment(StringBuilder text, ConfigNode node, string indent)
    {
        foreach (var line in node.Comment?.Split('\n') ?? []) text.Append(indent).Append("# ").Append(line.TrimEnd('\r')).Append('\n');
    }

    private static bool IsSection(ConfigNode node) => node is ConfigTable or ConfigList { IsOfTables: true };

    private static string Inline(ConfigNode node) => node switch
    {
        ConfigScalar scalar => Of(scalar),
        ConfigList list => $"[{string.Join(", ", list.Items.Select(Inline))}]",
        ConfigTable table => table.IsEmpty ? "{}" : $"{{{string.Join(", ", table.Entries.Select(entry => $"{Key(entry.Key)} = {Inline(entry.Value)}"))}}}",
        _ => throw new InvalidOperationException("A value without a case."),
    };

    private static string Key(string key) => key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? key : Basic(key);

    private static string Float(double value) => value switch
    {
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        _ when double.IsNaN(value) => "nan",
        _ => value.ToString("R", CultureInfo.InvariantCulture) is var plain && plain.AsSpan().IndexOfAny(".Ee") >= 0 ? plain : plain + ".0",
    };

    // Scripts and patches stay readable as literal blocks; a quote of three, or a control character, cannot stand in one.
    private static string Quoted(string value) =>
        value.Contains('\n') && !value.Contains("'''", StringComparison.Ordinal) && !value.EndsWith('\'') && value.All(c => c is '\n' or '\t' || !char.IsControl(c))
            ? $"'''\n{value}'''"
            : Basic(value);

    /// <summary>A text in quotes on one line.</summary>
    public static string OneLine(string value) => Basic(value);

    private static string Basic(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                _ when char.IsControl(c) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        return text.Append('"').ToString();
    }
}
