using System.Collections.Frozen;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class InitRule : ReadinessRule
{
    private static readonly FrozenSet<string> Daemons = FrozenSet.ToFrozenSet(["sshd", "cron", "crond", "supervisord", "rc-service", "invoke-rc.d", "openrc", "initctl", "systemd", "dbus-daemon", "s6-svscan", "runsvdir"], StringComparer.Ordinal);

    public override string Id => "R44";

    public override string Title => "system services in the job";

    public override string Why => "There is no init in a job's container: nothing starts, watches or ends system services.";

    public override Severity Usual => Severity.Likely;

    public override string SeenAs => "System has not been booted with systemd";

    public override RuleSigns Signs { get; } = new() { Commands = [.. Daemons, "systemctl", "service"], Words = [RuleSigns.Whole("start"), RuleSigns.Whole("restart"), RuleSigns.Whole("stop")] };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        foreach (var command in job.Programs.Where(IsService))
            yield return Found(job, Usual, command.Line, $"{command.Name} {command.Command.Verb} needs an init, which the container does not have.", "Let GitLab start it:\n  services:\n    - name: postgres:16\nor start the program itself, and end it in after_script.");
    }

    private static bool IsService(JobCommand command) => command.Name switch
    {
        "systemctl" => !command.Command.Has("--version"),
        "service" => command.Arguments.Count >= 2 && command.Arguments[1] is "start" or "restart" or "reload" or "status" or "stop",
        var name when Daemons.Contains(name) => !command.Command.Has("-t", "-T", "--version", "-V"),
        _ => command.Arguments is ["start" or "restart" or "stop", ..] && command.Name.Length > 0 && command.Command.Verb is not null && IsInitScript(command),
    };

    private static bool IsInitScript(JobCommand command) => command.Command.Written.StartsWith("/etc/init.d/", StringComparison.Ordinal) || command.Name is "mysql" or "postgresql" or "apache2" or "nginx" or "redis-server" or "ssh" or "docker" or "rabbitmq-server" or "mongod";
}
