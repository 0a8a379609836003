namespace MigrationPortal.Domain.Readiness;

/// <summary>The line that decided and its neighbours, fit to be shown to others.</summary>
public static class LogExcerpt
{
    /// <summary>Lines before and after.</summary>
    public const int Neighbours = 3;

    /// <summary>Characters of a shown line.</summary>
    public const int LongestLine = 400;

    /// <summary>Characters of a line that are searched for secrets; nothing behind them is shown.</summary>
    private const int Read = 2 * LongestLine;

    /// <summary>Lines before an excerpt that are read for the beginning of a key.</summary>
    private const int LookBack = 200;

    /// <returns>At most seven lines without secrets; none when no line decided.</returns>
    public static IReadOnlyList<string> Around(IReadOnlyList<LogLine> lines, int at)
    {
        ArgumentNullException.ThrowIfNull(lines);
        if (at < 0 || at >= lines.Count) return [];
        var first = Math.Max(0, at - Neighbours);
        var redaction = new LogRedaction();
        for (var index = Math.Max(0, first - LookBack); index < first; index++) redaction.Of(lines[index].Text);
        return [.. lines.Skip(first).Take(at - first + 1 + Neighbours).Select(line => Cut(redaction.Of(line.Text.Length <= Read ? line.Text : line.Text[..Read])))];
    }

    private static string Cut(string text) => text.Length <= LongestLine ? text : text[..LongestLine] + "...";
}
