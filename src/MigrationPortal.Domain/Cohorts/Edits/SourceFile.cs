using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>A CI file as text with places. To be read after the configuration's own reader has found the text sound and not too deep.</summary>
internal sealed class SourceFile
{
    private readonly Dictionary<string, SourceNode> _anchors = new(StringComparer.Ordinal);
    private readonly int _shift;

    private SourceFile(string path, string text)
    {
        (Path, Text) = (path, text);
        _shift = text.StartsWith('\uFEFF') ? 1 : 0;
        Root = ReadLast(new Parser(new Scanner(new StringReader(text[_shift..]), skipComments: true)));
    }

    public string Path { get; }

    public string Text { get; }

    /// <summary>The last document's mapping: a file with a <c>spec</c> header has two. Null when that is no mapping.</summary>
    public SourceNode? Root { get; }

    public static SourceFile Read(string path, string text) => new(path, text);

    public int LineOf(int at) => 1 + Text.AsSpan(0, at).Count('\n');

    public int LineStart(int at) => at == 0 ? 0 : Text.LastIndexOf('\n', at - 1) + 1 is var start && start == 0 ? _shift : start;

    /// <summary>Before its line break.</summary>
    public int LineEnd(int at)
    {
        var end = Text.IndexOf('\n', at);
        return end < 0 ? Text.Length : end > at && Text[end - 1] == '\r' ? end - 1 : end;
    }

    /// <summary>The line break that ends this line, or else the first of the file.</summary>
    public string BreakAt(int at)
    {
        var end = Text.IndexOf('\n', at);
        if (end < 0) end = Text.IndexOf('\n', StringComparison.Ordinal);
        return end > 0 && Text[end - 1] == '\r' ? "\r\n" : "\n";
    }

    public SourcePlace? Find(IReadOnlyList<string> path)
    {
        if (Root is null) return null;
        var place = new SourcePlace(this, [], null, Root);
        foreach (var step in path)
        {
            if (place.Value.Kind == SourceKind.Map && place.Value.Find(step) is { } entry) place = new(this, path, entry.Key, entry.Value);
            else if (place.Value.Kind == SourceKind.List && int.TryParse(step, out var at) && at < place.Value.Items.Count) place = new(this, path, null, place.Value.Items[at]);
            else return null;
        }

        return place;
    }

    private SourceNode? ReadLast(Parser events)
    {
        SourceNode? last = null;
        while (events.MoveNext())
        {
            if (events.Current is DocumentStart) _anchors.Clear();
            else if (events.Current is not (StreamStart or StreamEnd or DocumentEnd)) last = ReadNode(events);
        }

        return last is { Kind: SourceKind.Map } ? last : null;
    }

    private SourceNode ReadNode(Parser events)
    {
        var now = (ParsingEvent)events.Current!;
        if (now is AnchorAlias alias) return new(SourceKind.Alias, Start(alias)) { End = Start(alias) + alias.Value.Value.Length + 1, Target = _anchors[alias.Value.Value] };
        var start = (NodeEvent)now;
        var node = start switch
        {
            Scalar scalar => new SourceNode(SourceKind.Scalar, Start(scalar)) { End = _shift + (int)scalar.End.Index, Text = scalar.Value, Style = scalar.Style, Anchor = Anchor(start), HasTag = !start.Tag.IsEmpty },
            SequenceStart list => new SourceNode(SourceKind.List, Start(list)) { IsFlow = list.Style == SequenceStyle.Flow, Anchor = Anchor(start), HasTag = !start.Tag.IsEmpty },
            _ => new SourceNode(SourceKind.Map, Start(start)) { IsFlow = ((MappingStart)start).Style == MappingStyle.Flow, Anchor = Anchor(start), HasTag = !start.Tag.IsEmpty },
        };
        if (node.Kind == SourceKind.List) ReadItems(node, events);
        if (node.Kind == SourceKind.Map) ReadEntries(node, events);
        if (node.Anchor is { } name) _anchors[name] = node;
        return node;
    }

    private void ReadItems(SourceNode list, Parser events)
    {
        while (events.MoveNext() && events.Current is not SequenceEnd) list.Items.Add(ReadNode(events));
        list.End = EndOf(list, events.Current!, list.Items.LastOrDefault());
    }

    private void ReadEntries(SourceNode map, Parser events)
    {
        while (events.MoveNext() && events.Current is not MappingEnd)
        {
            var key = ReadNode(events);
            events.MoveNext();
            map.Entries.Add(new(key, ReadNode(events)));
        }

        map.End = EndOf(map, events.Current!, map.Entries.LastOrDefault()?.Value);
    }

    private int EndOf(SourceNode node, ParsingEvent end, SourceNode? last) => node.IsFlow ? Start(end) + 1 : last?.End ?? node.Start;

    private int Start(ParsingEvent at) => _shift + (int)at.Start.Index;

    private static string? Anchor(NodeEvent start) => start.Anchor.IsEmpty ? null : start.Anchor.Value;
}
