namespace MigrationPortal.Domain.Readiness;

/// <summary>
/// Words of which one must stand in a line before a regular expression can match it. Looking for words is some hundred times
/// cheaper than building and running the expression, and nearly all lines of a log hold none of them.
/// </summary>
internal static class FailureNeedles
{
    /// <summary>Characters; shorter words are everywhere.</summary>
    private const int Shortest = 3;

    /// <returns>Null when the expression can match without any such word.</returns>
    public static IReadOnlyList<string>? Of(string expression)
    {
        var words = new List<string>();
        foreach (var way in Ways(expression))
        {
            if (Best(way) is not { } best) return null;
            words.AddRange(best);
        }

        return words;
    }

    /// <summary>The alternatives of an expression that stand outside of groups.</summary>
    public static IEnumerable<string> Ways(string expression)
    {
        var start = 0;
        for (var index = 0; index <= expression.Length; index = End(expression, index))
        {
            if (index < expression.Length && expression[index] != '|') continue;
            yield return expression[start..index];
            if (index == expression.Length) yield break;
            start = index + 1;
        }
    }

    // Of all that a sequence must hold, what is longest even in its shortest form.
    private static IReadOnlyList<string>? Best(string way)
    {
        IReadOnlyList<string>? best = null;
        var run = "";
        for (var index = 0; index < way.Length;)
        {
            var end = End(way, index);
            var atom = way[index..end];
            var optional = end < way.Length && way[end] is '?' or '*' or '{';
            if (Literal(atom) is { } letter && !optional) run += letter;
            else
            {
                Take([run]);
                run = "";
                if (!optional && atom.StartsWith("(?:", StringComparison.Ordinal)) Take(Of(atom[3..^1]));
            }

            if (end < way.Length && way[end] == '+')
            {
                Take([run]);
                run = "";
            }

            index = end;
        }

        Take([run]);
        return best;

        void Take(IReadOnlyList<string>? words)
        {
            if (words is { Count: > 0 } && words.Min(word => word.Length) is var length && length >= Shortest && length > (best?.Min(word => word.Length) ?? 0)) best = words;
        }
    }

    private static char? Literal(string atom) => atom switch
    {
        [var letter] when !"^$.?*+|".Contains(letter, StringComparison.Ordinal) => letter,
        ['\\', var letter] when !char.IsAsciiLetterOrDigit(letter) => letter,
        _ => null,
    };

    private static int End(string expression, int index)
    {
        if (index >= expression.Length) return index + 1;
        switch (expression[index])
        {
            case '\\':
                return Math.Min(index + 2, expression.Length);
            case '[':
                for (index++; expression[index] != ']'; index++)
                    if (expression[index] == '\\') index++;
                return index + 1;
            case '(':
                for (index++; expression[index] != ')';) index = End(expression, index);
                return index + 1;
            case '{':
                return expression.IndexOf('}', index) + 1;
            default:
                return index + 1;
        }
    }
}
