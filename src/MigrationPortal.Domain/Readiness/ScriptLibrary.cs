using MigrationPortal.Domain.Readiness.Ci;
using MigrationPortal.Domain.Readiness.Shell;

namespace MigrationPortal.Domain.Readiness;

/// <summary>Script lines already read: jobs that extend one another share most of theirs.</summary>
internal sealed class ScriptLibrary
{
    private readonly Dictionary<string, ShellScript> _read = new(StringComparer.Ordinal);

    public IReadOnlyList<JobCommand> Commands(IReadOnlyList<CiScriptLine> lines)
    {
        if (lines.Count == 0) return [];
        var commands = new List<JobCommand>(lines.Count);
        HashSet<string>? functions = null;
        foreach (var line in lines)
        {
            var script = Read(line.Text);
            if (script.Functions.Count > 0) (functions ??= new(StringComparer.Ordinal)).UnionWith(script.Functions);
            foreach (var command in script.Commands) commands.Add(new(command, line.Line + command.Line, line.Part));
        }

        if (functions is not null) commands.RemoveAll(command => functions.Contains(command.Name));
        return commands;
    }

    private ShellScript Read(string text)
    {
        if (_read.TryGetValue(text, out var known)) return known;
        return _read[text] = ShellScript.Read(text);
    }
}
