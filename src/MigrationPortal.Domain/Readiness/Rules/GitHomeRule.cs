namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class GitHomeRule : ReadinessRule
{
    public override string Id => "R36";

    public override string Title => "git and HOME of another user";

    public override string Why => "The source belongs to the user of another container, and HOME may not be writable.";

    public override Severity Usual => Severity.Likely;

    public override string SeenAs => "detected dubious ownership";

    public override RuleSigns Signs { get; } = new() { Commands = ["git"] };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        var nonRoot = profile.IsNonRoot || job.IsNonRoot || job.Job.Image?.DockerUser is { Value: not ("0" or "root" or "0:0") };
        var safe = job.Named("git").Any(command => command.Arguments.Any(argument => argument.Contains("safe.directory", StringComparison.Ordinal)));
        var home = ShellSettings.All(job).Any(one => one.Name is "HOME" or "GIT_CONFIG_GLOBAL");
        foreach (var command in job.Named("git"))
        {
            var global = command.Command.Verb == "config" && command.Command.Has("--global", "--system");
            if (global && !home) yield return Found(job, nonRoot ? Usual : Severity.Info, command.Line, nonRoot ? "git config --global writes into HOME, which another user than root may not." : "git config --global writes into HOME: that works as long as the job runs as root.", "variables:\n  HOME: $CI_PROJECT_DIR");
            else if (!global && nonRoot && !safe) yield return Found(job, Usual, command.Line, $"git {command.Command.Verb} finds that the source belongs to another user, and refuses.", "before_script:\n  - git config --global --add safe.directory \"$CI_PROJECT_DIR\"");
        }
    }
}
