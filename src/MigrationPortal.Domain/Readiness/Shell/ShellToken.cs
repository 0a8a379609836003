namespace MigrationPortal.Domain.Readiness.Shell;

internal enum ShellTokenKind
{
    Word,
    Redirect,

    /// <summary>End of line, <c>;</c>, <c>&amp;&amp;</c> or <c>||</c>.</summary>
    Then,
    Pipe,
    Background,

    /// <summary><c>;;</c>, <c>;&amp;</c> or <c>;;&amp;</c>.</summary>
    CaseEnd,
    Open,
    Close,
}

/// <param name="Text">Of a word without its quotes; of a redirect its operator.</param>
/// <param name="Quoted">Some of it was quoted or escaped, so it is no keyword.</param>
internal sealed record ShellToken(ShellTokenKind Kind, string Text, int Line, bool Quoted = false)
{
    /// <summary>Scripts of its <c>$(...)</c>, backquotes and <c>&lt;(...)</c>.</summary>
    public IReadOnlyList<(string Text, int Line)> Inner { get; init; } = [];

    /// <summary>Of a redirect: the file or descriptor.</summary>
    public string? Target { get; init; }

    public ShellHere? Here { get; init; }
}

/// <summary>A here-document; its body is read at the end of the line.</summary>
internal sealed class ShellHere(string delimiter, bool indented)
{
    public string Delimiter { get; } = delimiter;

    public bool Indented { get; } = indented;

    public string Body { get; set; } = "";

    public int Line { get; set; }
}
