using System.Collections.Frozen;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class BackgroundRule : ReadinessRule
{
    private static readonly FrozenSet<string> Leaving = FrozenSet.ToFrozenSet(["nohup", "disown", "setsid", "daemonize"], StringComparer.Ordinal);

    public override string Id => "R31";

    public override string Title => "processes in the background";

    public override string Why => "A pod's job ends only when nothing holds its output any more: a process in the background lets it hang until its timeout.";

    public override Severity Usual => Severity.Likely;

    public override string SeenAs => "execution took longer than";

    public override string Link => "https://docs.gitlab.com/runner/faq/";

    public override RuleSigns Signs { get; } = new() { Commands = Leaving, Background = true };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        // "a & b & wait" ends by itself.
        var waited = job.Commands.Where(command => command.Name == "wait").Select(command => command.Line).DefaultIfEmpty(-1).Max();
        var ended = job.Commands.Any(command => command.Name is "kill" or "pkill" or "killall" || command.Command.Has("kill"));
        var told = new HashSet<int>();
        foreach (var command in job.Commands.Where(command => (command.Command.InBackground || Leaving.Contains(command.Name)) && !IsApart(command)))
        {
            if (command.Line <= waited || !told.Add(command.Line)) continue;
            yield return Found(job, ended ? Severity.Info : Usual, command.Line, $"{command.Name} goes on in the background and holds the job's output{(ended ? "; it is ended later" : ": the job may hang until its timeout")}.",
                $"{command.Name} ... </dev/null >server.log 2>&1 &\nand end it in after_script.");
        }
    }

    /// <summary>All three of its streams lead elsewhere.</summary>
    private static bool IsApart(JobCommand command)
    {
        var redirects = command.Command.Redirects;
        var both = redirects.Any(redirect => redirect.Operator is "&>" or "&>>" or ">&" && !char.IsAsciiDigit(redirect.Target.FirstOrDefault()));
        var output = both || redirects.Any(redirect => redirect.Operator is ">" or ">>" or "1>" or "1>>" or ">|");
        var errors = both || redirects.Any(redirect => redirect.Operator.StartsWith("2>", StringComparison.Ordinal));
        var input = redirects.Any(redirect => redirect.Operator is "<" or "0<" or "<&" or "0<&") || command.Command.ReadsPipe;
        return output && errors && input;
    }
}
