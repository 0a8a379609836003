using System.Collections.Frozen;

namespace MigrationPortal.Domain.Readiness.Rules;

/// <summary>How a job reaches a docker daemon.</summary>
internal static class DockerUse
{
    public static readonly FrozenSet<string> Clients = FrozenSet.ToFrozenSet(["docker", "docker-compose"], StringComparer.Ordinal);

    /// <summary>Verbs of the client that need no daemon.</summary>
    private static readonly FrozenSet<string> WithoutDaemon = FrozenSet.ToFrozenSet(["manifest", "context", "help", "completion", "--version", "-v", "--help"], StringComparer.Ordinal);

    /// <summary>Options of the client itself that take a value of their own.</summary>
    private static readonly FrozenSet<string> Valued = FrozenSet.ToFrozenSet(["-l", "--log-level", "-H", "--host", "-c", "--context", "--config", "--tlscacert", "--tlscert", "--tlskey"], StringComparer.Ordinal);

    public static IEnumerable<JobCommand> Calls(JobView job) => job.Named(Clients).Where(call => !call.Command.IsOwnFile && !IsHarmless(call));

    public static bool IsCompose(JobCommand call) => call.Name == "docker-compose" || Verb(call) == "compose";

    /// <summary>The client's verb, behind options that stand before it and take a value.</summary>
    private static string? Verb(JobCommand call)
    {
        for (var at = 0; at < call.Arguments.Count; at++)
        {
            if (Valued.Contains(call.Arguments[at])) at++;
            else if (!call.Arguments[at].StartsWith('-')) return call.Arguments[at];
        }

        return null;
    }

    /// <summary>Where the job says that its daemon is; null when it does not.</summary>
    public static JobWord? Host(JobView job)
    {
        if (job.Variables.Of("DOCKER_HOST").FirstOrDefault() is { } variable) return new(job.Variables.ExpandOne(variable.Value), variable.Line);
        foreach (var command in job.Commands)
            foreach (var (name, value) in ShellSettings.Of(command))
                if (name == "DOCKER_HOST") return new(value, command.Line);
        return null;
    }

    /// <summary>A daemon on another machine, by tcp or ssh.</summary>
    public static bool IsRemote(JobView job) =>
        job.Dind is null && Host(job) is { } host && (host.Text.StartsWith("tcp:", StringComparison.Ordinal) || host.Text.StartsWith("ssh:", StringComparison.Ordinal));

    /// <summary>A daemon beside the job that the profile lets run.</summary>
    public static bool IsServed(JobView job, RunnerProfile profile) => IsRemote(job) || (job.Dind is not null && profile.PrivilegedServices);

    private static bool IsHarmless(JobCommand call) =>
        call.Arguments.Count == 0 || WithoutDaemon.Contains(call.Arguments[0])
        || (Verb(call) is { } verb && WithoutDaemon.Contains(verb))
        || (Verb(call) == "buildx" && call.Command.Has("imagetools"));
}
