using System.Collections.Frozen;

namespace MigrationPortal.Domain.Readiness.Shell;

internal static class ShellWords
{
    /// <summary>Reserved words after which a command may stand, and those that end a compound command.</summary>
    private static readonly FrozenSet<string> Opening = FrozenSet.ToFrozenSet(
        ["if", "then", "elif", "else", "while", "until", "do", "!", "{", "time", "fi", "done", "esac", "}", "coproc"], StringComparer.Ordinal);

    public static bool Opens(string word) => Opening.Contains(word);

    /// <returns>Null when the word sets no variable.</returns>
    public static (string Name, string Value)? Assignment(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0) return null;
        var end = word[equals - 1] == '+' ? equals - 1 : equals;
        for (var at = 0; at < end; at++)
        {
            var sign = word[at];
            if (sign == '[' && at > 0 && word[end - 1] == ']') break;
            if (sign != '_' && !char.IsAsciiLetter(sign) && (at == 0 || !char.IsAsciiDigit(sign))) return null;
        }

        return end == 0 ? null : (word[..end], word[(equals + 1)..]);
    }

    /// <summary>The name without its path.</summary>
    public static string Base(string word)
    {
        var slash = word.LastIndexOf('/');
        return slash < 0 || slash == word.Length - 1 ? word : word[(slash + 1)..];
    }
}
