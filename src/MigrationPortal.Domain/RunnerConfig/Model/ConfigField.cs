using System.Globalization;

namespace MigrationPortal.Domain.RunnerConfig.Model;

/// <summary>A key's value as somebody types it: lists one a line, maps <c>name = value</c> a line. An empty field is unset.</summary>
public static class ConfigField
{
    private const string Equal = " = ";

    public static string Text(ConfigNode? node) => node switch
    {
        null => "",
        ConfigScalar { Value: string text } => text,
        ConfigScalar scalar => scalar.ToString(),
        ConfigList { IsOfTables: false } list => string.Join('\n', list.Items.Select(Line)),
        ConfigTable table => string.Join('\n', table.Entries.Select(entry => $"{Shown(entry.Key, entry.Key.Length == 0 || entry.Key.Contains(Equal, StringComparison.Ordinal))} = {Value(entry.Value)}".TrimEnd())),
        _ => "",
    };

    /// <returns>The value, or the sentence that says what is wrong; neither: unset.</returns>
    public static (ConfigNode? Node, string? Problem) Read(ConfigKey key, string text)
    {
        var given = text.ReplaceLineEndings("\n");
        if (string.IsNullOrWhiteSpace(given)) return (null, null);
        var type = key.Type;
        if (key.IsMap) return Map(type[(type.IndexOf(',') + 1)..^1], given);
        if (type is "string[]" or "string|string[]") return (ConfigList.Of(Lines(given).Select(Plain)), null);
        if (type.EndsWith("[]", StringComparison.Ordinal)) return List(type[..^2], given);
        return Scalar(type, type == "string" ? given : given.Trim());
    }

    private static (ConfigNode? Node, string? Problem) Scalar(string type, string text) => type switch
    {
        "int" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? (new ConfigScalar(whole), null) : (null, "A whole number."),
        "float" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? (new ConfigScalar(number), null) : (null, "A number such as 1.5."),
        "bool" => text is "true" or "false" ? (new ConfigScalar(text == "true"), null) : (null, "true or false."),
        "duration-string" => GoDuration.Read(text) is not null ? (new ConfigScalar(text), null) : (null, "A duration such as 15m or 1h30m."),
        "datetime" => (new ConfigScalar(new ConfigDate(text)), null),
        _ => (new ConfigScalar(text), null),
    };

    private static (ConfigNode? Node, string? Problem) List(string item, string text)
    {
        var items = new List<ConfigNode>();
        foreach (var line in Lines(text))
        {
            var (node, problem) = Scalar(item, line);
            if (problem is not null) return (null, $"'{line}': {problem}");
            items.Add(node!);
        }

        return (new ConfigList(items), null);
    }

    private static (ConfigNode? Node, string? Problem) Map(string value, string text)
    {
        var table = new ConfigTable();
        foreach (var line in Lines(text))
        {
            if (Split(line) is not var (name, given)) return (null, $"'{line}': write name = value.");
            var (node, problem) = Scalar(value, given);
            if (problem is not null) return (null, $"{name}: {problem}");
            if (!table.TryAdd(name, node!)) return (null, $"{name} stands twice.");
        }

        return (table, null);
    }

    // What would not come back from its line as it is, stands in quotes as TOML writes it.
    private static string Line(ConfigNode node) => node is ConfigScalar { Value: string text } ? Shown(text, text.Length == 0) : Text(node);

    private static string Value(ConfigNode node) => node is ConfigScalar { Value: string text } ? Shown(text, text.Contains(Equal, StringComparison.Ordinal)) : Text(node);

    private static string Shown(string text, bool isOdd) => isOdd || text.Contains('\n', StringComparison.Ordinal) || text != text.Trim() || text.StartsWith('"') ? TomlText.OneLine(text) : text;

    // Names of tolerations hold an equals sign: the one with room around it divides, and a name or value that has such a one is in quotes.
    private static (string Name, string Given)? Split(string line)
    {
        if (line.StartsWith('"'))
        {
            var end = 1;
            while (end < line.Length && line[end] != '"') end += line[end] == '\\' ? 2 : 1;
            return end < line.Length && line[(end + 1)..].TrimStart() is ['=', .. var rest] ? (Plain(line[..(end + 1)]), Plain(rest.Trim())) : null;
        }

        var at = line.EndsWith('"') && line.IndexOf(Equal + '"', StringComparison.Ordinal) is >= 0 and var quoted ? quoted : line.LastIndexOf(Equal, StringComparison.Ordinal);
        if (at >= 0) return (line[..at].Trim(), Plain(line[(at + Equal.Length)..].Trim()));
        return line.EndsWith(" =", StringComparison.Ordinal) ? (line[..^2].Trim(), "") : null;
    }

    private static string Plain(string line) =>
        line.Length >= 2 && line.StartsWith('"') && line.EndsWith('"') && ConfigDocument.Read($"x = {line}").Document?.Root.Text("x") is { } text ? text : line;

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
}
