using System.Text.RegularExpressions;

namespace MigrationPortal.World;

/// <summary>A <c>rules:if</c> expression: variables, strings, patterns, <c>== != =~ !~</c>, <c>&amp;&amp;</c>, <c>||</c>, parentheses.</summary>
internal sealed partial class CiCondition
{
    private readonly Func<CiVariables, bool> test;

    private CiCondition(Func<CiVariables, bool> test) => this.test = test;

    public bool Holds(CiVariables variables) => test(variables);

    public static CiCondition Parse(string text)
    {
        var tokens = new Queue<string>(Tokens(text));
        var parsed = Or(tokens);
        return tokens.Count == 0 ? new CiCondition(parsed) : throw new CiError("rules:rule if invalid expression syntax");
    }

    private static Func<CiVariables, bool> Or(Queue<string> tokens)
    {
        var left = And(tokens);
        while (tokens.TryPeek(out var next) && next == "||")
        {
            tokens.Dequeue();
            var (a, b) = (left, And(tokens));
            left = v => a(v) || b(v);
        }

        return left;
    }

    private static Func<CiVariables, bool> And(Queue<string> tokens)
    {
        var left = Term(tokens);
        while (tokens.TryPeek(out var next) && next == "&&")
        {
            tokens.Dequeue();
            var (a, b) = (left, Term(tokens));
            left = v => a(v) && b(v);
        }

        return left;
    }

    private static Func<CiVariables, bool> Term(Queue<string> tokens)
    {
        var first = Take(tokens);
        if (first == "(")
        {
            var inner = Or(tokens);
            return Take(tokens) == ")" ? inner : throw new CiError("rules:rule if invalid expression syntax");
        }

        var left = Operand(first);
        if (!tokens.TryPeek(out var sign) || sign is not ("==" or "!=" or "=~" or "!~"))
        {
            return v => !string.IsNullOrEmpty(left(v));
        }

        tokens.Dequeue();
        var right = Operand(Take(tokens));
        return sign switch
        {
            "==" => v => left(v) == right(v),
            "!=" => v => left(v) != right(v),
            "=~" => v => MatchesPattern(left(v), right(v)),
            _ => v => !MatchesPattern(left(v), right(v)),
        };
    }

    private static string Take(Queue<string> tokens) =>
        tokens.TryDequeue(out var token) ? token : throw new CiError("rules:rule if invalid expression syntax");

    private static Func<CiVariables, string?> Operand(string token)
    {
        if (token[0] == '$')
        {
            var name = token.Trim('$', '{', '}');
            return v => v[name];
        }

        var text = token == "null" ? null : token[0] is '"' or '\'' ? token[1..^1] : token;
        return _ => text;
    }

    private static bool MatchesPattern(string? value, string? pattern)
    {
        if (value is null || pattern is null || pattern.Length < 2 || pattern[0] != '/')
        {
            return false;
        }

        var end = pattern.LastIndexOf('/');
        var options = pattern[(end + 1)..].Contains('i', StringComparison.Ordinal) ? RegexOptions.IgnoreCase : RegexOptions.None;
        return Regex.IsMatch(value, pattern[1..end], options | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
    }

    private static IEnumerable<string> Tokens(string text)
    {
        var at = 0;
        foreach (var match in Token().Matches(text).Cast<Match>())
        {
            if (text[at..match.Index].Trim().Length > 0)
            {
                break;
            }

            at = match.Index + match.Length;
            yield return match.Value;
        }

        if (text[at..].Trim().Length > 0)
        {
            throw new CiError("rules:rule if invalid expression syntax");
        }
    }

    [GeneratedRegex("""\$\{?[A-Za-z_][A-Za-z0-9_]*\}?|"[^"]*"|'[^']*'|/(?:\\.|[^/])+/[a-z]*|==|!=|=~|!~|&&|\|\||\(|\)|null""", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
