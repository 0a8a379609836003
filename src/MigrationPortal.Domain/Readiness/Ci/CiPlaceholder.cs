namespace MigrationPortal.Domain.Readiness.Ci;

/// <summary>Finds <c>$NAME</c> and <c>${NAME}</c> in a value.</summary>
internal static class CiPlaceholder
{
    /// <summary>Longer texts are not expanded further: doubling variables would grow without end.</summary>
    public const int Longest = 64 * 1024;

    /// <returns>Pieces in order; of a placeholder the text as written and its name.</returns>
    public static IEnumerable<(string Literal, string? Name)> Parts(string text)
    {
        var from = 0;
        for (var at = text.IndexOf('$', StringComparison.Ordinal); at >= 0 && at < text.Length; at = text.IndexOf('$', at))
        {
            var braced = at + 1 < text.Length && text[at + 1] == '{';
            var begin = at + (braced ? 2 : 1);
            var end = begin;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) end++;
            if (end == begin || (braced && (end >= text.Length || text[end] != '}')))
            {
                at++;
                if (at >= text.Length) break;
                continue;
            }

            if (at > from) yield return (text[from..at], null);
            var after = braced ? end + 1 : end;
            yield return (text[at..after], text[begin..end]);
            at = from = after;
            if (at >= text.Length) break;
        }

        if (from < text.Length) yield return (text[from..], null);
    }
}
