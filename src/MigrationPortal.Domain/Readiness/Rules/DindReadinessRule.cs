using System.Collections.Frozen;
using MigrationPortal.Domain.Readiness.Shell;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class DindReadinessRule : ReadinessRule
{
    public override string Id => "R04";

    public override string Title => "start, network and storage of docker in docker";

    public override string Why => "Kubernetes does not wait until the daemon is up, its network has a smaller MTU, and the storage driver differs.";

    public override Severity Usual => Severity.Likely;

    public override string SeenAs => "SSL_ERROR_SYSCALL";

    public override string Link => "https://docs.gitlab.com/ci/services/";

    public override RuleSigns Signs { get; } = new() { Services = true };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        if (job.Dind is not { } dind) yield break;
        if (dind.Variable("HEALTHCHECK_TCP_PORT") is null && !ServiceWaits.Waits(job))
        {
            yield return Found(job, Usual, dind.Line, "Nothing waits until the docker daemon is up: the first docker command may come too early.",
                "services:\n  - name: docker:27-dind\n    alias: docker\n    command: [\"--mtu=1450\"]\n    variables:\n      HEALTHCHECK_TCP_PORT: \"2375\"");
        }

        if (dind.Setting("DOCKER_DRIVER") is { } driver)
            yield return Found(job, Severity.Info, driver.Line, $"DOCKER_DRIVER asks for {driver.Value}: inside a pod it works only on a volume of its own at /var/lib/docker.", "Take DOCKER_DRIVER out, or ask for a runner with an emptyDir volume at /var/lib/docker.");
    }
}

/// <summary>How scripts wait until a service answers.</summary>
internal static class ServiceWaits
{
    private static readonly FrozenSet<string> Waiters = FrozenSet.ToFrozenSet(
        ["wait-for-it", "wait-for-it.sh", "wait-for", "wait-for.sh", "dockerize", "wait-on", "wait4x", "wait_for", "pg_isready", "mysqladmin", "docker-compose-wait"], StringComparer.Ordinal);

    /// <summary>What a loop may ask without waiting for anything.</summary>
    private static readonly FrozenSet<string> NoQuestions = FrozenSet.ToFrozenSet(["read", "true", ":", "test", "[", "[["], StringComparer.Ordinal);

    /// <summary>By a tool, by a loop that asks, or by one that sleeps in between; a plain <c>sleep</c> is a guess and waits for nothing.</summary>
    public static bool Waits(JobView job) =>
        job.Commands.Any(command => command is { Command.Loop: not ShellLoop.None, Name: "sleep" } || (command.Command.Loop == ShellLoop.Condition && !NoQuestions.Contains(command.Name))
            || Waiters.Contains(command.Name) || command.Name.StartsWith("wait-for", StringComparison.Ordinal) || command.Name.StartsWith("wait_for", StringComparison.Ordinal)
            || command.Arguments.Any(argument => argument is "wait-on" or "wait-port" || argument.Contains("wait-for-it", StringComparison.Ordinal))
            || (command.Name is "nc" or "ncat" && command.HasAny("-z", "-zv", "-vz"))
            || (command.Name == "curl" && command.Command.HasPrefix("--retry")));

    private static bool HasAny(this JobCommand command, params ReadOnlySpan<string> options) => command.Command.Has(options);
}
