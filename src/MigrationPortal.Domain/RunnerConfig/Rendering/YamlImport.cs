using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>Reads YAML into the parts that are written again: texts stay texts, numbers numbers. Comments, anchors and styles are not kept.</summary>
public static partial class YamlImport
{
    private const int Deepest = 100;
    private const int MostNodes = 100_000;

    /// <summary>The first document. Null: not a map, or not YAML.</summary>
    public static YamlFields? Read(string yaml) => ReadAll(yaml) is { Documents: [var first, ..] } ? first : null;

    /// <summary>All documents that are maps, or the sentence that says what is wrong with the text.</summary>
    public static (IReadOnlyList<YamlFields> Documents, string? Fault) ReadAll(string yaml)
    {
        try
        {
            var reader = new Reader(new Parser(new StringReader(yaml.TrimStart('\ufeff'))));
            return (reader.All(), null);
        }
        catch (YamlException fault)
        {
            return ([], $"Line {fault.Start.Line}: {fault.Message}");
        }
    }

    private sealed class Reader(Parser parser)
    {
        private readonly Dictionary<AnchorName, (YamlPart Part, int Nodes)> _anchors = [];
        private int _nodes;

        public List<YamlFields> All()
        {
            var documents = new List<YamlFields>();
            parser.Consume<StreamStart>();
            while (!parser.TryConsume<StreamEnd>(out _))
            {
                parser.Consume<DocumentStart>();
                _anchors.Clear();
                if (Part(0) is YamlFields map) documents.Add(map);
                parser.Consume<DocumentEnd>();
            }

            return documents;
        }

        private YamlPart Part(int depth)
        {
            var start = parser.Current!.Start;
            if (depth > Deepest || ++_nodes > MostNodes) throw new YamlException(start, start, $"More than {Deepest} levels or {MostNodes} values.");
            var before = _nodes;
            if (parser.TryConsume<AnchorAlias>(out var alias)) return Again(alias);
            if (parser.TryConsume<Scalar>(out var scalar)) return Named(scalar.Anchor, before, new YamlValue(scalar.Value, scalar.Style != ScalarStyle.Plain || !OtherThanText().IsMatch(scalar.Value)));
            if (parser.TryConsume<SequenceStart>(out var sequence))
            {
                var items = new YamlItems();
                while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Part(depth + 1));
                return Named(sequence.Anchor, before, items);
            }

            var mapping = parser.Consume<MappingStart>();
            var fields = new YamlFields();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = parser.Consume<Scalar>();
                var value = Part(depth + 1);
                if (key.Value == "<<" && value is YamlFields merged) fields.Complete(merged);
                else if (fields[key.Value] is null) fields.Add(key.Value, value);
                else throw new YamlException(key.Start, key.End, $"{key.Value} stands twice.");
            }

            return Named(mapping.Anchor, before, fields);
        }

        // Written again, what an alias names stands there in full: so it counts in full.
        private YamlPart Again(AnchorAlias alias)
        {
            if (!_anchors.TryGetValue(alias.Value, out var known)) throw new YamlException(alias.Start, alias.End, $"The anchor {alias.Value} is not defined.");
            _nodes += known.Nodes;
            if (_nodes > MostNodes) throw new YamlException(alias.Start, alias.End, $"With its aliases, the text has more than {MostNodes} values.");
            return known.Part;
        }

        private YamlPart Named(AnchorName anchor, int before, YamlPart part)
        {
            if (!anchor.IsEmpty) _anchors[anchor] = (part, _nodes - before + 1);
            return part;
        }
    }

    // What a reader of YAML takes for null, a truth value or a number; empty is null.
    [GeneratedRegex(@"^(|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|y|Y|n|N|[-+]?(\d[\d_]*)?\.?\d+([eE][-+]?\d+)?|[-+]?\d+\.|0x[0-9a-fA-F]+|0o[0-7]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$", RegexOptions.NonBacktracking)]
    private static partial Regex OtherThanText();
}
