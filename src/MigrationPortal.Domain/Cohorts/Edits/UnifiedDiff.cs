using System.Globalization;
using System.Text;

namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>What a change looks like before it is made, in the form of <c>diff -u</c> and of GitLab's own pages.</summary>
public static class UnifiedDiff
{
    private const int Context = 3;
    private const string NoNewline = "\\ No newline at end of file";

    /// <summary>A byte order mark is part of the first line, the CR of a line end part of its line, as for git.</summary>
    /// <returns>Empty when both are equal.</returns>
    public static string Of(string path, string before, string after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (before == after) return "";
        var script = LineScript.Of(Lines(before), Lines(after));
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"--- a/{path}\n+++ b/{path}\n");
        foreach (var (from, to) in Hunks(script)) Write(text, script, from, to);
        return text.ToString();
    }

    private static string[] Lines(string text)
    {
        var lines = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            var next = end < 0 ? text.Length : end + 1;
            lines.Add(text[at..next]);
            at = next;
        }

        return [.. lines];
    }

    private static IEnumerable<(int From, int To)> Hunks(IReadOnlyList<ScriptLine> script)
    {
        var (from, to) = (-1, -1);
        for (var at = 0; at < script.Count; at++)
        {
            if (script[at].Sign == ' ') continue;
            var (begin, end) = (Math.Max(0, at - Context), Math.Min(script.Count, at + Context + 1));
            if (from >= 0 && begin > to) yield return (from, to);
            if (from < 0 || begin > to) from = begin;
            to = end;
        }

        if (from >= 0) yield return (from, to);
    }

    private static void Write(StringBuilder text, IReadOnlyList<ScriptLine> script, int from, int to)
    {
        int Count(int start, int end, char sign) => script.Skip(start).Take(end - start).Count(line => line.Sign == ' ' || line.Sign == sign);
        string Range(char sign)
        {
            var (before, length) = (Count(0, from, sign), Count(from, to, sign));
            var first = length == 0 ? before : before + 1;
            return length == 1 ? $"{first}" : $"{first},{length}";
        }

        text.Append(CultureInfo.InvariantCulture, $"@@ -{Range('-')} +{Range('+')} @@\n");
        foreach (var line in script.Skip(from).Take(to - from))
        {
            text.Append(line.Sign).Append(line.Text);
            if (!line.Text.EndsWith('\n')) text.Append('\n').Append(NoNewline).Append('\n');
        }
    }
}
