using System.Collections.Frozen;
using MigrationPortal.Domain.Readiness.Ci;
using MigrationPortal.Domain.Readiness.Rules;
using MigrationPortal.Domain.Readiness.Shell;

namespace MigrationPortal.Domain.Readiness;

/// <summary>A command of a job with its place in the file.</summary>
public readonly record struct JobCommand(ShellCommand Command, int Line, CiScriptPart Part)
{
    public string Name => Command.Name;

    public IReadOnlyList<string> Arguments => Command.Arguments;
}

/// <summary>A word that a job gives somewhere: an argument, a program's path, or the value of a variable.</summary>
/// <param name="IsPrinted">It is only shown in the log.</param>
public readonly record struct JobWord(string Text, int Line, bool IsPrinted = false);

/// <summary>A job as the rules look at it: its scripts read, its variables at hand.</summary>
public sealed class JobView
{
    private readonly Lazy<IReadOnlyList<JobWord>> _words;

    internal JobView(CiJob job, ScriptLibrary scripts)
    {
        Job = job;
        Image = job.Image is { } image ? ImageName.Of(image, job.Variables) : null;
        Services = [.. job.Services.Select(service => new ServiceView(service, job.Variables))];
        Commands = scripts.Commands(job.Scripts);
        _words = new(ReadWords);
    }

    public CiJob Job { get; }

    public string Name => Job.Name;

    public CiVariables Variables => Job.Variables;

    /// <summary>Null when the job names none.</summary>
    public ImageName? Image { get; }

    public IReadOnlyList<ServiceView> Services { get; }

    /// <summary>In the order in which they stand; calls of the job's own functions are left out.</summary>
    public IReadOnlyList<JobCommand> Commands { get; }

    /// <summary>Programs that it runs; files of its source, such as <c>./ping</c>, are none.</summary>
    public IEnumerable<JobCommand> Programs => Commands.Where(command => !command.Command.IsOwnFile);

    /// <summary>All arguments and all values of variables, of services too.</summary>
    public IReadOnlyList<JobWord> Words => _words.Value;

    /// <summary>Those that do something: what a script only shows in the log is left out.</summary>
    public IEnumerable<JobWord> UsedWords => Words.Where(word => !word.IsPrinted);

    /// <summary>Of the job, where it names one, then of its services.</summary>
    public IEnumerable<ImageName> Images => Services.Select(service => service.Image).Prepend(Image).OfType<ImageName>();

    /// <summary>The same with their options, as written.</summary>
    public IEnumerable<CiImage> WrittenImages => Job.Services.Select(service => service.Image).Prepend(Job.Image).OfType<CiImage>();

    public ServiceView? Dind => Services.FirstOrDefault(service => service.IsDind);

    public IEnumerable<JobCommand> Named(FrozenSet<string> names)
    {
        foreach (var command in Commands)
            if (names.Contains(command.Name)) yield return command;
    }

    public IEnumerable<JobCommand> Named(string name)
    {
        foreach (var command in Commands)
            if (string.Equals(command.Name, name, StringComparison.Ordinal)) yield return command;
    }

    /// <summary>The job itself says that it does not run as root.</summary>
    public bool AsksForNonRoot => Job.Image is { KubernetesUser: { Value: [>= '1' and <= '9', ..] } };

    /// <summary>It says so, or its image is known to.</summary>
    public bool IsNonRoot => AsksForNonRoot || (Image is { } image && Job.Image?.KubernetesUser is null && NonRootImages.Has(image));

    private List<JobWord> ReadWords()
    {
        var words = new List<JobWord>();
        foreach (var variable in Variables.All) words.Add(new(variable.Value, variable.Line));
        foreach (var service in Services)
            foreach (var setting in service.Service.Variables.Values) words.Add(new(setting.Value, setting.Line));
        foreach (var command in Commands)
        {
            var printed = command.Command.OnlyPrints;
            if (command.Command.Written.Contains('/', StringComparison.Ordinal)) words.Add(new(command.Command.Written, command.Line));
            foreach (var argument in command.Arguments) words.Add(new(argument, command.Line, printed));
            foreach (var (_, value) in command.Command.Assignments) words.Add(new(value, command.Line));
            foreach (var redirect in command.Command.Redirects) if (redirect.Target.Length > 0) words.Add(new(redirect.Target, command.Line));
        }

        return words;
    }
}
