namespace MigrationPortal.Domain.Readiness.Ci;

/// <summary>A piece of a CI file with the line it is written in. An anchor and its aliases are one node.</summary>
/// <param name="line">From 1.</param>
/// <param name="depth">Levels below it, through aliases too.</param>
public abstract class CiNode(int line, int depth)
{
    public int Line { get; } = line;

    /// <summary>Levels below it; 0 for a scalar.</summary>
    public int Depth { get; } = depth;
}

/// <summary>A scalar as it is written, unquoted; a number stays the text it is.</summary>
/// <param name="isNull">Written plain as nothing, <c>null</c> or <c>~</c>.</param>
/// <param name="firstLine">Where its text begins: below the key in block style, else its own line.</param>
public sealed class CiScalar(string text, int line, bool isNull = false, int? firstLine = null) : CiNode(line, 0)
{
    public string Text { get; } = text;

    public bool IsNull { get; } = isNull;

    public int FirstLine { get; } = firstLine ?? line;
}

public sealed class CiList(int line, IReadOnlyList<CiNode> items) : CiNode(line, 1 + Deepest(items))
{
    public IReadOnlyList<CiNode> Items { get; } = items;

    private static int Deepest(IReadOnlyList<CiNode> items)
    {
        var deepest = 0;
        for (var at = 0; at < items.Count; at++) deepest = Math.Max(deepest, items[at].Depth);
        return deepest;
    }
}

/// <summary><c>!reference [job, keyword]</c>: what stands there in another job, looked up when it is read.</summary>
public sealed class CiReference(int line, IReadOnlyList<string> path) : CiNode(line, 0)
{
    public IReadOnlyList<string> Path { get; } = path;
}
