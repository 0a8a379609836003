namespace MigrationPortal.Domain.Readiness.Shell;

/// <summary>A command that a script runs: what stands at command position, never a word inside a string or an argument.</summary>
/// <param name="Name">Without its path: <c>/usr/bin/docker</c> is <c>docker</c>.</param>
/// <param name="Arguments">Quotes taken away; <c>$NAME</c> and <c>$(...)</c> stay as written.</param>
/// <param name="Line">Lines below the script's first one, from 0.</param>
public sealed record ShellCommand(string Name, IReadOnlyList<string> Arguments, int Line)
{
    /// <summary>Variables set for it alone, or by it: <c>A=1 make</c>, <c>export A=1</c>.</summary>
    public IReadOnlyList<(string Name, string Value)> Assignments { get; init; } = [];

    public IReadOnlyList<ShellRedirect> Redirects { get; init; } = [];

    /// <summary>As it stands in the script, with its path.</summary>
    public string Written { get; init; } = Name;

    /// <summary>A file of the source, such as <c>./ping</c> or <c>scripts/docker</c>: whatever it does, it is not the program of that name.</summary>
    public bool IsOwnFile => Written.Length > Name.Length && Written[0] is not ('/' or '~' or '$');

    /// <summary>Where in a loop it stands.</summary>
    public ShellLoop Loop { get; init; }

    /// <summary>Ends with <c>&amp;</c>, or stands last in a group that does.</summary>
    public bool InBackground { get; init; }

    /// <summary>Reads what another command writes.</summary>
    public bool ReadsPipe { get; init; }

    /// <summary>Another command reads what it writes.</summary>
    public bool WritesPipe { get; init; }

    /// <summary>It only shows its words: nobody reads them from a pipe or a file.</summary>
    public bool OnlyPrints => Name is "echo" or "printf" && !WritesPipe && !Redirects.Any(redirect => redirect.Operator is ">" or ">>");

    /// <summary>The first argument that is no option, below a command such as <c>docker</c> or <c>git</c>.</summary>
    public string? Verb => Arguments.FirstOrDefault(argument => !argument.StartsWith('-'));

    /// <summary>True when an argument is one of these.</summary>
    public bool Has(params ReadOnlySpan<string> options)
    {
        foreach (var argument in Arguments)
            if (options.Contains(argument)) return true;
        return false;
    }

    /// <summary>True when an argument begins with the text.</summary>
    public bool HasPrefix(string text) => Arguments.Any(argument => argument.StartsWith(text, StringComparison.Ordinal));
}

public enum ShellLoop
{
    None,

    /// <summary>What <c>while</c> or <c>until</c> asks.</summary>
    Condition,
    Body,
}

/// <param name="Operator">With its descriptor, such as <c>2&gt;</c>, <c>&gt;&gt;</c>, <c>&amp;&gt;</c>.</param>
public readonly record struct ShellRedirect(string Operator, string Target);
