namespace MigrationPortal.Domain.Cohorts.Edits;

/// <param name="Sign">Blank, <c>-</c> or <c>+</c>.</param>
internal readonly record struct ScriptLine(char Sign, string Text);

/// <summary>
/// The shortest way from one list of lines to another (Myers, An O(ND) Difference Algorithm, 1986). Edits of tags are few, so
/// its trace stays small; texts that differ in very much are shown as taken out and put in whole.
/// </summary>
internal static class LineScript
{
    private const int MostDifferences = 1_000;

    public static IReadOnlyList<ScriptLine> Of(string[] before, string[] after)
    {
        var start = 0;
        while (start < before.Length && start < after.Length && before[start] == after[start]) start++;
        var end = 0;
        while (end < before.Length - start && end < after.Length - start && before[^(end + 1)] == after[^(end + 1)]) end++;
        var (a, b) = (before[start..^end], after[start..^end]);
        return [.. before[..start].Select(Same), .. Middle(a, b), .. before[^end..].Select(Same)];
    }

    private static ScriptLine Same(string line) => new(' ', line);

    private static List<ScriptLine> Middle(string[] a, string[] b)
    {
        var trace = Trace(a, b);
        if (trace is null) return [.. a.Select(line => new ScriptLine('-', line)), .. b.Select(line => new ScriptLine('+', line))];
        var script = new List<ScriptLine>();
        var (x, y) = (a.Length, b.Length);
        for (var d = trace.Count - 1; d >= 0; d--)
        {
            var (reach, k) = (trace[d], x - y);
            var down = k == -d || (k != d && At(reach, k - 1) < At(reach, k + 1));
            var fromX = d == 0 ? 0 : At(reach, down ? k + 1 : k - 1);
            var fromY = d == 0 ? 0 : fromX - (down ? k + 1 : k - 1);
            while (x > fromX && y > fromY)
            {
                script.Add(Same(a[--x]));
                y--;
            }

            if (d == 0) break;
            script.Add(down ? new('+', b[--y]) : new('-', a[--x]));
        }

        script.Reverse();
        return script;
    }

    /// <summary>How far each diagonal reached before each step; null when there were too many.</summary>
    private static List<int[]>? Trace(string[] a, string[] b)
    {
        var trace = new List<int[]>();
        var most = Math.Min(a.Length + b.Length, MostDifferences);
        int[] reach = new int[3];
        for (var d = 0; d <= most; d++)
        {
            trace.Add(reach);
            var next = new int[(2 * d) + 3];
            for (var k = -d; k <= d; k += 2)
            {
                var x = d == 0 ? 0 : k == -d || (k != d && At(reach, k - 1) < At(reach, k + 1)) ? At(reach, k + 1) : At(reach, k - 1) + 1;
                while (x < a.Length && x - k < b.Length && a[x] == b[x - k]) x++;
                next[k + d + 1] = x;
                if (x >= a.Length && x - k >= b.Length) return trace;
            }

            reach = next;
        }

        return null;
    }

    /// <summary>An array of length 2d + 3 holds the diagonals from -d - 1 to d + 1.</summary>
    private static int At(int[] reach, int k) => reach[k + (reach.Length / 2)];
}
