using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MigrationPortal.Domain.Readiness.Ci;

/// <summary>
/// Reads YAML to nodes with their lines. It reads events, not documents: no recursion, aliases stay one node, and a
/// hostile file ends at a limit instead of filling the memory.
/// </summary>
internal sealed class CiYaml
{
    private readonly Dictionary<string, CiNode> _anchors = new(StringComparer.Ordinal);
    private readonly CiBudget _budget;
    private CiInputs _inputs = CiInputs.None;

    private CiYaml(CiBudget budget) => _budget = budget;

    /// <returns>The mapping of the last document: a file with a <c>spec</c> header has two. Else the problem.</returns>
    /// <exception cref="CiLimitException">The file is too large, too deep, or unfolds to too much.</exception>
    public static (CiMap? Root, CiProblem? Problem) Read(string text, CiBudget budget)
    {
        if (text.Length > budget.Limits.Characters)
            throw new CiLimitException(0, $"The file has {text.Length:#,##0} characters; at most {budget.Limits.Characters:#,##0} are read.");
        try
        {
            var root = new CiYaml(budget).ReadLast(new Parser(new Scanner(new StringReader(text), skipComments: true)));
            return root switch
            {
                CiMap map => (map, null),
                null => (null, Syntax(1, "The file is empty.")),
                _ => (null, Syntax(root.Line, "A CI file is a mapping of jobs; this is not one.")),
            };
        }
        catch (YamlException fault)
        {
            return (null, Syntax((int)fault.Start.Line, $"This is not YAML: {Plain(fault.Message)}"));
        }
    }

    private CiNode? ReadLast(Parser events)
    {
        CiNode? last = null;
        while (events.MoveNext())
        {
            if (events.Current is DocumentStart)
            {
                _anchors.Clear();
                _inputs = CiInputs.Of(last);
            }
            else if (events.Current is not (StreamStart or StreamEnd or DocumentEnd))
            {
                last = ReadNode(events);
            }
        }

        return last;
    }

    /// <summary>Reads the node whose first event is the current one, with an own stack of the open collections.</summary>
    private CiNode ReadNode(Parser events)
    {
        var open = new Stack<CiOpen>();
        while (true)
        {
            var now = events.Current!;
            _budget.Take(1, Line(now));
            CiNode? done = null;
            switch (now)
            {
                case Scalar scalar:
                    done = Anchored(scalar, _inputs.Fill(Read(scalar), _budget));
                    break;
                case AnchorAlias alias:
                    done = _anchors.GetValueOrDefault(alias.Value.Value) ?? throw new YamlException(alias.Start, alias.End, $"nothing is anchored as '{alias.Value.Value}'");
                    break;
                case MappingStart or SequenceStart:
                    if (open.Count == _budget.Limits.Depth) throw TooDeep(now);
                    open.Push(new CiOpen((NodeEvent)now, Line(now)));
                    break;
                case MappingEnd or SequenceEnd:
                    var closed = open.Pop();
                    done = Anchored(closed.Start, closed.Close(_budget));
                    break;
            }

            if (done is not null)
            {
                if (open.Count + done.Depth > _budget.Limits.Depth) throw TooDeep(now);
                if (open.Count == 0) return done;
                open.Peek().Add(done);
            }

            if (!events.MoveNext()) throw new YamlException(now.Start, now.End, "the file ends in the middle of a value");
        }
    }

    private CiNode Anchored(NodeEvent start, CiNode node)
    {
        if (!start.Anchor.IsEmpty) _anchors[start.Anchor.Value] = node;
        return node;
    }

    private static CiScalar Read(Scalar scalar)
    {
        var line = (int)scalar.Start.Line;
        var isNull = scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";
        return new CiScalar(scalar.Value, line, isNull, scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded ? line + 1 : line);
    }

    private CiLimitException TooDeep(ParsingEvent at) => new(Line(at), $"Values are nested more than {_budget.Limits.Depth} levels deep.");

    private static int Line(ParsingEvent at) => (int)at.Start.Line;

    private static CiProblem Syntax(int line, string message) =>
        new(CiProblem.Syntax, line, null, message, "Correct the line; GitLab's own CI lint names the same place.", Stops: true);

    /// <summary>The library's sentence without its position, which the finding has.</summary>
    private static string Plain(string message)
    {
        var at = message.IndexOf("): ", StringComparison.Ordinal);
        var words = message.StartsWith('(') && at > 0 ? message[(at + 3)..] : message;
        return words.Split('\n')[0].TrimEnd('.') + ".";
    }
}
