namespace MigrationPortal.Domain.Readiness.Shell;

/// <summary>Where quoted and bracketed parts of a script end; always at a place within the text.</summary>
internal static class ShellSpan
{
    public static bool EndsWord(string text, int at) => text[at] is ' ' or '\t' or '\n' or '\r' or ';' or '|' or '(' or ')' || text[at] == '&';

    /// <summary>Place of the closing character, or the end.</summary>
    public static int Until(string text, int from, char close) =>
        from < text.Length && text.IndexOf(close, from) is var end and >= 0 ? end : text.Length;

    /// <summary>Place of the bracket that closes a list.</summary>
    public static int Close(string text, int from) => Balanced(text, from, '(', ')');

    public static int AnsiQuoted(string text, int from)
    {
        while (from < text.Length && text[from] != '\'') from += text[from] == '\\' ? 2 : 1;
        return Math.Min(from, text.Length);
    }

    /// <summary>Behind the <c>))</c> that ends what begins here.</summary>
    public static int Arithmetic(string text, int from)
    {
        var open = 0;
        for (; from < text.Length && text[from] != '\n'; from++)
        {
            if (text[from] == '(') open++;
            else if (text[from] == ')' && open-- == 0) return Math.Min(text.Length, from + (from + 1 < text.Length && text[from + 1] == ')' ? 2 : 1));
        }

        return from;
    }

    /// <summary>Reads <c>$(...)</c>, <c>$((...))</c>, <c>${...}</c>, <c>$NAME</c>, backquotes, <c>&lt;(...)</c>.</summary>
    /// <returns>The end, and the place of the script inside when there is one.</returns>
    public static (int End, Range? Script) Substitution(string text, int at)
    {
        var next = at + 1 < text.Length ? text[at + 1] : '\0';
        if (text[at] == '`')
        {
            var end = at + 1;
            while (end < text.Length && text[end] != '`') end += text[end] == '\\' ? 2 : 1;
            end = Math.Min(end, text.Length);
            return (Math.Min(end + 1, text.Length), (at + 1)..end);
        }

        if (next == '(' && text[at] == '$' && at + 2 < text.Length && text[at + 2] == '(') return (Arithmetic(text, at + 3), null);
        if (next == '(')
        {
            var end = Balanced(text, at + 2, '(', ')');
            return (Math.Min(end + 1, text.Length), (at + 2)..end);
        }

        if (next == '{')
        {
            var end = Balanced(text, at + 2, '{', '}');
            return (Math.Min(end + 1, text.Length), null);
        }

        return (at + 1, null);
    }

    /// <summary>Place of the bracket that closes, quotes respected.</summary>
    private static int Balanced(string text, int from, char open, char close)
    {
        var depth = 0;
        for (; from < text.Length; from++)
        {
            var sign = text[from];
            if (sign == '\\') from++;
            else if (sign == '\'' && open == '(') from = Until(text, from + 1, '\'');
            else if (sign == '"') from = DoubleQuoted(text, from + 1);
            else if (sign == open) depth++;
            else if (sign == close && depth-- == 0) return from;
        }

        return text.Length;
    }

    /// <summary>Place of the closing quote; a <c>$(...)</c> inside may hold quotes of its own.</summary>
    private static int DoubleQuoted(string text, int from)
    {
        for (; from < text.Length && text[from] != '"'; from++)
        {
            if (text[from] == '\\') from++;
            else if (text[from] == '$' && from + 1 < text.Length && text[from + 1] == '(') from = Flat(text, from + 2);
        }

        return Math.Min(from, text.Length);
    }

    /// <summary>The end of a substitution inside quotes, its own quotes skipped one level deep.</summary>
    private static int Flat(string text, int from)
    {
        var depth = 0;
        for (; from < text.Length; from++)
        {
            if (text[from] == '\\') from++;
            else if (text[from] is '"' or '\'') from = Until(text, from + 1, text[from]);
            else if (text[from] == '(') depth++;
            else if (text[from] == ')' && depth-- == 0) return from;
        }

        return Math.Min(from, text.Length);
    }
}
