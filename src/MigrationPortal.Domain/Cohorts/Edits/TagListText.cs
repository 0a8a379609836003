using YamlDotNet.Core;

namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>Writes another list where tags stand: item by item, so that dashes, quotes and the comments beside them stay.</summary>
internal static class TagListText
{
    /// <summary>False for forms that nobody writes, and where the text holds an anchor that other places may use.</summary>
    public static bool CanReplace(SourcePlace place)
    {
        var value = place.Value;
        if (value.Below().Any(one => one.Anchor is not null)) return false;
        return value.Kind switch
        {
            SourceKind.Alias => true,
            SourceKind.Scalar => value is { HasTag: false, Style: not (ScalarStyle.Literal or ScalarStyle.Folded) } && (!value.IsEmptyScalar || place.Key is not null),
            SourceKind.List when value.IsFlow => value.Anchor is null || !value.HasTag,
            SourceKind.List => !value.HasTag && place.Key is not null && value.Items.Count > 0 && value.Items.All(item => DashOf(place.File, item) is not null),
            _ => false,
        };
    }

    public static TextEdit Replace(SourcePlace place, IReadOnlyList<string> tags)
    {
        var (file, value) = (place.File, place.Value);
        var isBlock = value is { Kind: SourceKind.List, IsFlow: false };
        var end = isBlock ? file.LineEnd(value.End) : Math.Max(value.End, place.Key is null ? 0 : AfterColon(place));
        return TextEdit.Within(file.Text, place.Key?.Start ?? value.Start, end, Edits(place, tags));
    }

    /// <summary>The first character behind the key's colon.</summary>
    public static int AfterColon(SourcePlace place) => place.File.Text.IndexOf(':', place.Key!.End) + 1;

    private static IEnumerable<TextEdit> Edits(SourcePlace place, IReadOnlyList<string> tags)
    {
        var value = place.Value;
        if (value is { Kind: SourceKind.List, HasTag: false }) return value.IsFlow ? Flow(place, tags) : Block(place, tags);
        if (value.IsEmptyScalar) return [new TextEdit(AfterColon(place), "", " " + YamlWord.List(tags))];
        var start = BehindAnchor(place.File, value);
        return [new TextEdit(start, place.File.Text[start..value.End], YamlWord.List(tags))];
    }

    private static IEnumerable<TextEdit> Flow(SourcePlace place, IReadOnlyList<string> tags)
    {
        var (text, items) = (place.File.Text, place.Value.Items);
        var open = BehindAnchor(place.File, place.Value) + 1;
        if (items.Count == 0 || tags.Count == 0)
        {
            yield return new TextEdit(open, text[open..(place.Value.End - 1)], string.Join(", ", tags.Select(tag => YamlWord.Write(tag))));
            yield break;
        }

        foreach (var edit in Pairs(place.File, items, tags)) yield return edit;
        var last = items[Math.Min(items.Count, tags.Count) - 1];
        if (tags.Count < items.Count) yield return new TextEdit(last.End, text[last.End..items[^1].End], "");
        if (tags.Count > items.Count) yield return new TextEdit(last.End, "", string.Concat(tags.Skip(items.Count).Select(tag => ", " + YamlWord.Write(tag, last.Style))));
    }

    private static IEnumerable<TextEdit> Block(SourcePlace place, IReadOnlyList<string> tags)
    {
        var (file, items) = (place.File, place.Value.Items);
        if (tags.Count == 0) yield return new TextEdit(place.Value.Anchor is { } anchor ? place.Value.Start + anchor.Length + 1 : AfterColon(place), "", " []");
        foreach (var edit in Pairs(file, items, tags)) yield return edit;
        foreach (var item in items.Skip(tags.Count)) yield return WithoutLine(file, item.Start, item.End);
        if (tags.Count <= items.Count) yield break;
        var last = items[^1];
        var dash = DashOf(file, last)!;
        yield return new TextEdit(file.LineEnd(last.End), "", string.Concat(tags.Skip(items.Count).Select(tag => file.BreakAt(last.End) + dash + YamlWord.Write(tag, last.Style))));
    }

    private static IEnumerable<TextEdit> Pairs(SourceFile file, List<SourceNode> items, IReadOnlyList<string> tags) =>
        from pair in items.Zip(tags)
        where pair.First.Kind != SourceKind.Scalar || pair.First.Text != pair.Second
        select new TextEdit(pair.First.Start, file.Text[pair.First.Start..pair.First.End], YamlWord.Write(pair.Second, pair.First.Kind == SourceKind.Scalar ? pair.First.Style : ScalarStyle.Plain));

    /// <summary>The lines from one place to another, with the break before them: so it also works for the last line of a file.</summary>
    public static TextEdit WithoutLine(SourceFile file, int start, int end)
    {
        var from = file.LineStart(start);
        if (from > 0 && file.Text[from - 1] == '\n') from -= from > 1 && file.Text[from - 2] == '\r' ? 2 : 1;
        return new TextEdit(from, file.Text[from..file.LineEnd(end)], "");
    }

    /// <summary>What stands before an item in its line, where that is nothing but the dash.</summary>
    private static string? DashOf(SourceFile file, SourceNode item)
    {
        var before = file.Text[file.LineStart(item.Start)..item.Start];
        return before.Trim(' ') == "-" && item.End <= file.LineEnd(item.Start) ? before : null;
    }

    private static int BehindAnchor(SourceFile file, SourceNode node)
    {
        if (node.Anchor is not { } anchor || node.Kind == SourceKind.Alias) return node.Start;
        var at = node.Start + anchor.Length + 1;
        while (at < file.Text.Length && char.IsWhiteSpace(file.Text[at])) at++;
        return at;
    }
}
