using System.Text.RegularExpressions;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>Reads TOML 1.0 with the lines of its values (Tomlyn), and refuses what gitlab-runner's decoder refuses: a name that is defined twice.</summary>
internal sealed partial class TomlReader
{
    /// <summary>The longest text that is read, in characters: a configuration of hundreds of runners is far below.</summary>
    public const int LongestText = 2_000_000;

    /// <summary>The deepest nesting that is read; gitlab-runner's own keys are ten deep at most.</summary>
    public const int Deepest = 50;

    /// <summary>The most keys of one table, and the most tables of one array.</summary>
    public const int MostEntries = 10_000;

    /// <summary>The longest name of a key, in characters; annotations have 317 at most.</summary>
    public const int LongestName = 1_000;

    /// <summary>Characters of all keys with the sections above them: a few long sections over many keys would fill the memory with names.</summary>
    public const int MostNames = 20_000_000;

    private const int MostFaults = 100;

    private readonly List<ConfigFault> _faults = [];
    private readonly HashSet<ConfigTable> _closed = [];
    private readonly HashSet<ConfigList> _open = [];
    private long _names;

    public ConfigReading Read(string toml)
    {
        // gitlab-runner's decoder takes a mark of UTF-8 at the beginning for nothing as well.
        toml = toml.TrimStart('\ufeff');
        if (toml.Length > LongestText) return new(null, [new(1, 1, $"The text has {toml.Length} characters; at most {LongestText} are read.")]);
        // Tomlyn's own check of names that are defined twice takes some nested arrays of tables, and names with dots, for the same name.
        DocumentSyntax syntax;
        try
        {
            syntax = SyntaxParser.Parse(toml, validate: false);
        }
        catch (TomlException fault)
        {
            return new(null, [new((fault.Line ?? 0) + 1, 1, "The text is nested too deeply, or is no TOML.")]);
        }

        foreach (var message in syntax.Diagnostics)
            if (message.Kind == DiagnosticMessageKind.Error)
                _faults.Add(new(message.Span.Start.Line + 1, message.Span.Start.Column + 1, LongWord().Replace(message.Message, "…")));
        if (_faults.Count > 0) return new(null, _faults);

        var root = new ConfigTable { Line = 1 };
        foreach (var pair in syntax.KeyValues)
        {
            if (_faults.Count >= MostFaults) break;
            Put(root, pair, 0);
        }

        foreach (var table in syntax.Tables)
        {
            if (_faults.Count >= MostFaults) break;
            if (Header(root, table) is not { } target) continue;
            var above = NamesOf(table.Name!).Sum(name => name.Length + 1);
            foreach (var pair in table.Items) Put(target, pair, above);
        }

        return _faults.Count > 0 ? new(null, _faults) : new(new ConfigDocument(root) { Comments = TomlComments.Of(toml) }, []);
    }

    private ConfigTable? Header(ConfigTable root, TableSyntaxBase syntax)
    {
        var names = NamesOf(syntax.Name!);
        if (Unfit(names, 0) is { } unfit) return Fault(syntax, unfit);
        if (Descend(root, names[..^1], syntax) is not { } parent) return null;

        var last = names[^1];
        var line = LineOf(syntax);
        var there = parent.Exact(last);
        if (syntax is TableArraySyntax)
        {
            if (there is null)
            {
                var begun = new ConfigList([]) { Line = line };
                _open.Add(begun);
                parent.TryAdd(last, there = begun);
            }

            // A list that is written as a value, [] too, takes no tables behind it.
            if (there is not ConfigList list || !_open.Contains(list)) return Fault(syntax, $"{last} is defined already, as a {there.TypeName}.");
            if (list.Items.Count >= MostEntries) return Fault(syntax, $"At most {MostEntries} tables of one name are read.");
            var made = new ConfigTable { Line = line };
            list.Items.Add(made);
            return made;
        }

        switch (there)
        {
            case null:
                var table = new ConfigTable { Line = line };
                parent.TryAdd(last, table);
                _closed.Add(table);
                return table;
            case ConfigTable open when _closed.Add(open):
                return open;
            default:
                return Fault(syntax, $"{string.Join('.', names)} is defined twice.");
        }
    }

    private ConfigTable? Descend(ConfigTable from, string[] names, SyntaxNode where)
    {
        ConfigTable? table = from;
        foreach (var name in names)
            if (table is not null) table = Descend(table, name, where);
        return table;
    }

    private ConfigTable? Descend(ConfigTable parent, string name, SyntaxNode where)
    {
        var there = parent.Exact(name);
        switch (there)
        {
            case null when parent.Entries.Count >= MostEntries:
                return Fault(where, $"At most {MostEntries} keys of one table are read.");
            case null:
                var made = new ConfigTable { Line = LineOf(where) };
                parent.TryAdd(name, made);
                return made;
            case ConfigTable table:
                return table;
            case ConfigList { Items: [.., ConfigTable last] }:
                return last;
            default:
                return Fault(where, $"{name} is a {there.TypeName} and can hold no other keys.");
        }
    }

    private void Put(ConfigTable table, KeyValueSyntax pair, int above)
    {
        if (pair.Key is null || pair.Value is null) return;
        var names = NamesOf(pair.Key);
        if (Unfit(names, above) is { } unfit)
        {
            Fault(pair, unfit);
            return;
        }

        if (Descend(table, names[..^1], pair) is not { } parent) return;
        if (parent.Entries.Count >= MostEntries) Fault(pair, $"At most {MostEntries} keys of one table are read.");
        else if (!parent.TryAdd(names[^1], ValueOf(pair.Value, LineOf(pair), above + names.Sum(name => name.Length + 1)))) Fault(pair, $"{string.Join('.', names)} is defined twice.");
    }

    private string? Unfit(string[] names, int above)
    {
        if (names.Length > Deepest) return $"The name has {names.Length} parts; at most {Deepest} are read.";
        var length = names.Sum(name => name.Length);
        if (length > LongestName) return $"The name has {length} characters; at most {LongestName} are read.";
        return (_names += above + length) > MostNames ? "The names of keys and of the sections above them are too long for so many keys." : null;
    }

    private ConfigNode ValueOf(ValueSyntax syntax, int line, int above)
    {
        switch (syntax)
        {
            case StringValueSyntax text: return new ConfigScalar(text.Value ?? "") { Line = line };
            case IntegerValueSyntax number: return new ConfigScalar(number.Value) { Line = line };
            case FloatValueSyntax number: return new ConfigScalar(number.Value) { Line = line };
            case BooleanValueSyntax flag: return new ConfigScalar(flag.Value) { Line = line };
            case DateTimeValueSyntax date: return new ConfigScalar(new ConfigDate(date.Token?.Text?.Trim() ?? "")) { Line = line };
            case ArraySyntax array: return new ConfigList(array.Items.Where(item => item.Value is not null).Select(item => ValueOf(item.Value!, LineOf(item), above))) { Line = line };
            case InlineTableSyntax inline:
                var table = new ConfigTable { Line = line };
                foreach (var item in inline.Items)
                    if (item.KeyValue is { } pair) Put(table, pair, above);
                _closed.Add(table);
                return table;
            default: throw new InvalidOperationException($"A TOML value without a case: {syntax.Kind}.");
        }
    }

    private ConfigTable? Fault(SyntaxNode where, string message)
    {
        if (_faults.Count >= MostFaults) return null;
        _faults.Add(new(LineOf(where), where.Span.Start.Column + 1, message));
        return null;
    }

    private static string[] NamesOf(KeySyntax key) => [NameOf(key.Key), .. key.DotKeys.Select(dotted => NameOf(dotted.Key))];

    private static string NameOf(BareKeyOrStringValueSyntax? key) => key switch
    {
        BareKeySyntax bare => bare.Key?.Text ?? "",
        StringValueSyntax quoted => quoted.Value ?? "",
        _ => "",
    };

    private static int LineOf(SyntaxNode node) => node.Span.Start.Line + 1;

    // The parser quotes what it stumbles over, and that may be a token.
    [GeneratedRegex(@"(?<![A-Za-z])(glrt-|glpat-|GR1348)?[A-Za-z0-9_\-+/=]{20,}")]
    private static partial Regex LongWord();
}
