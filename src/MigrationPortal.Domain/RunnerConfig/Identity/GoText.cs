using System.Globalization;
using System.Text;

namespace MigrationPortal.Domain.RunnerConfig.Identity;

/// <summary>Texts as Go prints them.</summary>
internal static class GoText
{
    /// <summary><c>%q</c>.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
            _ = rune.Value switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\a' => quoted.Append("\\a"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                '\v' => quoted.Append("\\v"),
                < 0x20 or 0x7f => quoted.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
                _ when Rune.IsControl(rune) || (Rune.IsWhiteSpace(rune) && rune.Value != ' ') => quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                _ => quoted.Append(rune),
            };
        return quoted.Append('"').ToString();
    }

    /// <summary><c>%v</c> of a list of texts.</summary>
    public static string List(IEnumerable<string> texts) => $"[{string.Join(' ', texts)}]";
}
