using YamlDotNet.Core;

namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>Puts <c>tags</c> where there were none.</summary>
internal static class TagInsertText
{
    private const int UsualIndent = 2;

    /// <summary>Into a job or <c>default</c>, directly below its name: what is written there, with its comments, stays together.</summary>
    /// <returns>Null where the value is no place to add a key to.</returns>
    public static TextEdit? Into(SourceFile file, SourceEntry entry, IReadOnlyList<string> tags)
    {
        var (text, list) = (file.Text, "tags: " + YamlWord.List(tags));
        var value = entry.Value;
        if (value is { Kind: SourceKind.Map, IsFlow: true })
        {
            if (value.Entries.Count > 0) return new(value.Entries[0].Key.Start, "", list + ", ");
            return new(value.End - 1, "", list);
        }

        var below = file.LineEnd(entry.Key.End);
        if (value.IsEmptyScalar) return Line(file, below, Indent(file, entry.Key) + new string(' ', UsualIndent), list);
        if (value.Kind != SourceKind.Map || value.Entries[0].Key.Start <= below) return null;
        var indent = text[file.LineStart(value.Entries[0].Key.Start)..value.Entries[0].Key.Start];
        return indent.Trim(' ').Length == 0 ? Line(file, below, indent, list) : null;
    }

    /// <summary><c>default:</c> above the first job and the comment that belongs to it.</summary>
    public static TextEdit? Default(SourceFile file, SourceNode root, IReadOnlyList<string> tags, Func<string, bool> isJob)
    {
        if (root.IsFlow) return null;
        return root.Entries.FirstOrDefault(entry => isJob(entry.Key.Text)) is { } first ? Above(file, root, first.Key, "default", tags) : Append(file, root, "default", tags);
    }

    /// <summary>A job that this file does not have, at its end.</summary>
    public static TextEdit? Append(SourceFile file, SourceNode root, string name, IReadOnlyList<string> tags)
    {
        if (root.IsFlow || root.Entries.Count == 0) return null;
        var isEnded = file.Text.EndsWith('\n');
        if (IsOpenEnded(file, Last(root), isEnded)) return Above(file, root, root.Entries[^1].Key, name, tags);
        var line = file.BreakAt(root.Start);
        var indent = Indent(file, root.Entries[0].Key);
        var entry = Entry(YamlWord.Write(name), tags, indent, Unit(file, root), line);
        return new(file.Text.Length, "", isEnded ? line + entry + line : line + line + entry, (line.Length * (isEnded ? 1 : 2)) + indent.Length);
    }

    /// <summary>Above an entry and the comment that belongs to it.</summary>
    private static TextEdit Above(SourceFile file, SourceNode root, SourceNode key, string name, IReadOnlyList<string> tags)
    {
        var at = file.LineStart(key.Start);
        var floor = file.LineStart(root.Start);
        while (at > floor && file.LineStart(at - 1) is var above && file.Text[above] == '#') at = above;
        var line = file.BreakAt(key.Start);
        var indent = Indent(file, key);
        return new(at, "", Entry(YamlWord.Write(name), tags, indent, Unit(file, root), line) + line + line, indent.Length);
    }

    private static SourceNode Last(SourceNode node) => node.Kind switch
    {
        SourceKind.List when node.Items.Count > 0 => Last(node.Items[^1]),
        SourceKind.Map when node.Entries.Count > 0 => Last(node.Entries[^1].Value),
        _ => node,
    };

    /// <summary>A block text at the end that a line break more would become part of.</summary>
    private static bool IsOpenEnded(SourceFile file, SourceNode last, bool isEnded) => last is { Kind: SourceKind.Scalar, Style: ScalarStyle.Literal or ScalarStyle.Folded }
        && (!isEnded || file.Text[last.Start..file.LineEnd(last.Start)].Contains('+', StringComparison.Ordinal));

    private static TextEdit Line(SourceFile file, int at, string indent, string list)
    {
        var line = file.BreakAt(at);
        return new(at, "", line + indent + list, line.Length + indent.Length);
    }

    private static string Entry(string name, IReadOnlyList<string> tags, string indent, int unit, string line) =>
        $"{indent}{name}:{line}{indent}{new string(' ', unit)}tags: {YamlWord.List(tags)}";

    private static string Indent(SourceFile file, SourceNode key) => file.Text[file.LineStart(key.Start)..key.Start];

    /// <summary>How far the first of the file's blocks is indented.</summary>
    private static int Unit(SourceFile file, SourceNode root)
    {
        var block = root.Entries.Select(entry => entry.Value).FirstOrDefault(value => value is { Kind: SourceKind.Map, IsFlow: false, Entries.Count: > 0 });
        if (block is null) return UsualIndent;
        var key = block.Entries[0].Key;
        var unit = key.Start - file.LineStart(key.Start) - Indent(file, root.Entries[0].Key).Length;
        return unit is > 0 and <= 8 ? unit : UsualIndent;
    }
}
