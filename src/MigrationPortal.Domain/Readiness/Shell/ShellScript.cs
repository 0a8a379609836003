namespace MigrationPortal.Domain.Readiness.Shell;

/// <summary>What a script line asks a POSIX shell or bash to do.</summary>
/// <param name="Commands">In written order, those of substitutions, here-documents for a shell and <c>sh -c</c> too.</param>
/// <param name="Functions">Names that it defines: calling one runs no program of that name.</param>
public sealed record ShellScript(IReadOnlyList<ShellCommand> Commands, IReadOnlySet<string> Functions)
{
    /// <summary>Never throws: what is no shell is read as far as it goes.</summary>
    public static ShellScript Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new ShellFindings();
        new ShellReader(text, 0, 0, found).ReadAll();
        return new(found.Commands, found.Functions);
    }
}

/// <summary>What the readers of a script and of the scripts inside it gather.</summary>
internal sealed class ShellFindings
{
    public List<ShellCommand> Commands { get; } = [];

    public HashSet<string> Functions { get; } = new(StringComparer.Ordinal);
}
