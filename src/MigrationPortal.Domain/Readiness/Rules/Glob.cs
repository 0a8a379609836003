namespace MigrationPortal.Domain.Readiness.Rules;

/// <summary>The runner's globs for images (bmatcuk/doublestar): <c>*</c> and <c>?</c> stay within a part, <c>**</c> crosses slashes, <c>{a,b}</c> and <c>[...]</c> choose.</summary>
internal static class Glob
{
    private const int MostAlternatives = 64;

    public static bool Matches(string pattern, string text) => Alternatives(pattern).Take(MostAlternatives).Any(one => Walk(one, text));

    private static IEnumerable<string> Alternatives(string pattern)
    {
        var open = pattern.IndexOf('{', StringComparison.Ordinal);
        var close = open < 0 ? -1 : pattern.IndexOf('}', open);
        if (close < 0) return [pattern];
        return pattern[(open + 1)..close].Split(',').SelectMany(part => Alternatives($"{pattern[..open]}{part}{pattern[(close + 1)..]}"));
    }

    /// <summary>One row of reachable places for each sign of the pattern: no backtracking, whatever the pattern.</summary>
    private static bool Walk(string pattern, string text)
    {
        var reached = new bool[text.Length + 1];
        reached[0] = true;
        for (var at = 0; at < pattern.Length; at++)
        {
            var next = new bool[text.Length + 1];
            if (pattern[at] == '*')
            {
                var deep = at + 1 < pattern.Length && pattern[at + 1] == '*';
                var here = false;
                for (var place = 0; place <= text.Length; place++)
                {
                    here = reached[place] || (here && (deep || text[place - 1] != '/'));
                    next[place] = here;
                }

                if (deep) at++;
                // "a/**" matches "a" and what lies below it; "**/b" matches "b".
                if (deep && at + 1 < pattern.Length && pattern[at + 1] == '/')
                {
                    for (var place = 0; place < text.Length; place++) if (next[place] && text[place] == '/') next[place + 1] = true;
                    at++;
                    for (var place = 1; place <= text.Length; place++) next[place] = reached[place] || (next[place] && text[place - 1] == '/');
                }
            }
            else if (pattern[at] == '[' && pattern.IndexOf(']', at + 1) is var close and > 0)
            {
                var set = pattern[(at + 1)..close];
                for (var place = 0; place < text.Length; place++) next[place + 1] = reached[place] && text[place] != '/' && InSet(set, text[place]);
                at = close;
            }
            else
            {
                for (var place = 0; place < text.Length; place++) next[place + 1] = reached[place] && (pattern[at] == '?' ? text[place] != '/' : pattern[at] == text[place]);
            }

            reached = next;
        }

        return reached[text.Length];
    }

    private static bool InSet(string set, char sign)
    {
        var not = set.StartsWith('^') || set.StartsWith('!');
        var found = false;
        for (var at = not ? 1 : 0; at < set.Length; at++)
        {
            if (at + 2 < set.Length && set[at + 1] == '-')
            {
                found |= sign >= set[at] && sign <= set[at + 2];
                at += 2;
            }
            else
            {
                found |= set[at] == sign;
            }
        }

        return found != not;
    }
}
