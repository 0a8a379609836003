using System.Text;
using MigrationPortal.Domain.Readiness.Ci;
using MigrationPortal.Domain.Readiness.Shell;

namespace MigrationPortal.Domain.Readiness;

/// <summary>What jobs share, read once for each scan: script lines, images and variables, with the rules that have a sign in them.</summary>
internal sealed class ScriptLibrary(RuleIndex index)
{
    private readonly Dictionary<string, (ShellScript Script, ulong Rules)> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ulong> _images = new(StringComparer.Ordinal);
    private readonly Dictionary<CiVariables, ulong> _variables = new(ReferenceEqualityComparer.Instance);
    private readonly StringBuilder _text = new();

    public IReadOnlyList<JobCommand> Commands(IReadOnlyList<CiScriptLine> lines)
    {
        if (lines.Count == 0) return [];
        var commands = new List<JobCommand>(lines.Count);
        HashSet<string>? functions = null;
        foreach (var line in lines)
        {
            var script = Read(line.Text).Script;
            if (script.Functions.Count > 0) (functions ??= new(StringComparer.Ordinal)).UnionWith(script.Functions);
            foreach (var command in script.Commands) commands.Add(new(command, line.Line + command.Line, line.Part));
        }

        if (functions is not null) commands.RemoveAll(command => functions.Contains(command.Name));
        return commands;
    }

    /// <summary>Rules with a sign in the job.</summary>
    public ulong Concerned(JobView job)
    {
        var rules = Of(job.Variables);
        foreach (var line in job.Job.Scripts) rules |= Read(line.Text).Rules;
        if (job.Image is { } image) rules |= Of(image);
        if (job.Job.Image is { HasOptions: true }) rules |= index.ImageOptions;
        foreach (var service in job.Services)
        {
            rules |= index.Services | Of(service.Image) | index.Of(service.Service.Variables, _text);
            if (service.Service.Image.HasOptions) rules |= index.ImageOptions;
        }

        return rules;
    }

    private (ShellScript Script, ulong Rules) Read(string text)
    {
        if (_read.TryGetValue(text, out var known)) return known;
        var script = ShellScript.Read(text);
        return _read[text] = (script, index.Of(script, _text));
    }

    private ulong Of(ImageName image)
    {
        if (_images.TryGetValue(image.Written, out var known)) return known;
        return _images[image.Written] = index.Of(image);
    }

    /// <summary>Most jobs have the variables of the file, and the same object for them.</summary>
    private ulong Of(CiVariables variables)
    {
        if (_variables.TryGetValue(variables, out var known)) return known;
        return _variables[variables] = index.Of(variables, _text);
    }
}
