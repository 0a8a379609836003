using System.Collections.Frozen;
using System.Globalization;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class InteractiveRule : ReadinessRule
{
    private static readonly FrozenSet<string> Terminals = FrozenSet.ToFrozenSet(["tmate", "upterm", "ttyd", "gotty"], StringComparer.Ordinal);

    public override string Id => "R41";

    public override string Title => "working inside a job";

    public override string Why => "GitLab's web terminal into a job works only where the runner has a session server.";

    public override Severity Usual => Severity.Info;

    public override string Link => "https://docs.gitlab.com/ci/interactive_web_terminal/";

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        if (job.Name == "terminal")
            yield return Found(job, Usual, job.Job.Line, "The web IDE's terminal works only where the runner has a session server, which Kubernetes runners have not by themselves.", "Ask your administrators for the session server.");
        foreach (var command in job.Commands.Where(command => Terminals.Contains(command.Name) || (command.Name == "sleep" && IsLong(command)) || (command.Name == "tail" && command.Command.Has("/dev/null"))))
            yield return Found(job, Usual, command.Line, $"{command.Name} holds the job open to work in it; the web terminal is off on Kubernetes runners unless it was set up.", "Ask your administrators for the session server, or find the trouble by CI_DEBUG_TRACE.");
    }

    private static bool IsLong(JobCommand command) =>
        command.Arguments is [var length, ..] && (length is "infinity" or "inf" || length.EndsWith('h') || length.EndsWith('d') || (double.TryParse(length, CultureInfo.InvariantCulture, out var seconds) && seconds >= 1800));
}
