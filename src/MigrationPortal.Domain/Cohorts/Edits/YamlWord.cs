using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.Core;

namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>Writes a text so that every YAML reader, of 1.1 or 1.2, reads the same text back.</summary>
internal static partial class YamlWord
{
    /// <summary>Words that YAML 1.1 takes for something else than a text.</summary>
    private static readonly HashSet<string> Taken = new(StringComparer.OrdinalIgnoreCase) { "true", "false", "yes", "no", "on", "off", "y", "n", "null" };

    /// <param name="like">The quotes of the neighbour; they are kept where they can be.</param>
    public static string Write(string text, ScalarStyle like = ScalarStyle.Plain)
    {
        if (like == ScalarStyle.SingleQuoted && !text.Any(char.IsControl)) return $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
        return like != ScalarStyle.DoubleQuoted && Plain().IsMatch(text) && !Taken.Contains(text) ? text : Quoted(text);
    }

    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(one => Write(one)))}]";

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            if (letter is '"' or '\\') quoted.Append('\\').Append(letter);
            else if (char.IsControl(letter) || letter is '\u2028' or '\u2029' or '\uFEFF') quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else quoted.Append(letter);
        }

        return quoted.Append('"').ToString();
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_./-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
