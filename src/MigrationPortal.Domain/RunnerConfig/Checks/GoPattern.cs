using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Regular expressions as Go reads them (RE2): without looking around and without going back.</summary>
internal static partial class GoPattern
{
    /// <summary>True when Go would compile it, as far as .NET's own engine of that kind can tell.</summary>
    public static bool Compiles(string pattern)
    {
        try
        {
            _ = new Regex(PosixClass().Replace(OneLetterClass().Replace(pattern.Replace("(?P<", "(?<", StringComparison.Ordinal), @"\$1{$2}"), "a-z"), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return !Repeats().Matches(pattern).Any(match => match.Groups["most"].Length > 4 || int.Parse(match.Groups["most"].ValueSpan, CultureInfo.InvariantCulture) > 1000);
        }
        catch (Exception refused) when (refused is ArgumentException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }

    /// <summary>True when nothing before or after a match is let through: every alternative begins with <c>^</c> and ends with <c>$</c>.</summary>
    public static bool IsAnchored(string pattern)
    {
        var bare = pattern.StartsWith("(?i)", StringComparison.Ordinal) ? pattern[4..] : pattern;
        return Alternatives(bare).All(one => (one.StartsWith('^') || one.StartsWith(@"\A", StringComparison.Ordinal)) && ((one.EndsWith('$') && !IsEscaped(one, one.Length - 1)) || one.EndsWith(@"\z", StringComparison.Ordinal)));
    }

    /// <summary>True when it lets every value through.</summary>
    public static bool IsOpen(string pattern) => pattern is ".*" or "^.*$" or ".+" or "^.+$" or "^.*" or ".*$" or "^" or "$" or "." or "(.*)" or @"\A.*\z";

    private static IEnumerable<string> Alternatives(string pattern)
    {
        var (depth, start, inClass) = (0, 0, false);
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\': i++; break;
                case '[' when !inClass: inClass = true; break;
                case ']': inClass = false; break;
                case '(' when !inClass: depth++; break;
                case ')' when !inClass: depth--; break;
                case '|' when !inClass && depth == 0:
                    yield return pattern[start..i];
                    start = i + 1;
                    break;
            }
        }

        yield return pattern[start..];
    }

    private static bool IsEscaped(string text, int at)
    {
        var slashes = 0;
        while (at - slashes > 0 && text[at - slashes - 1] == '\\') slashes++;
        return slashes % 2 == 1;
    }

    [GeneratedRegex(@"\\([pP])([A-Z])")]
    private static partial Regex OneLetterClass();

    [GeneratedRegex(@"\[:\^?[a-z]+:\]")]
    private static partial Regex PosixClass();

    [GeneratedRegex(@"\{[0-9]*,?(?<most>[0-9]+)\}")]
    private static partial Regex Repeats();
}
