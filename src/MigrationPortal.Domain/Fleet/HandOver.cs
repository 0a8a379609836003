using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>Whether a host of legacy may be switched off.</summary>
public enum HandOverState
{
    /// <summary>Its runner is paused or gone, and no job runs there.</summary>
    Free,

    /// <summary>Its runner takes no further job, and some still run there.</summary>
    Draining,

    /// <summary>Jobs were not read since it was paused: one that it took at the last moment may run there.</summary>
    NotKnown,
}

/// <summary>A runner of legacy that takes no further job, as it was last seen.</summary>
/// <param name="GoneAt">First not seen then; null: it is there, paused.</param>
/// <param name="StoppedAt">It was first seen paused or missing then.</param>
/// <param name="JobsReadAt">When all jobs under way were last read, in the instance's time; null: not yet.</param>
/// <param name="Running">Jobs that it runs, or that are about to be cancelled there.</param>
public sealed record DrainedRunner(ObservedRunner Observed, DateTimeOffset? GoneAt, DateTimeOffset? LastJobAt, DateTimeOffset StoppedAt, DateTimeOffset? JobsReadAt, long Running);

/// <summary>One host that was a runner's manager.</summary>
/// <param name="SystemId">As the host's <c>.runner_system_id</c> holds it.</param>
/// <param name="HasMachines">It made machines for jobs. GitLab does not know their names: they are listed on the host.</param>
/// <param name="IsUp">In contact within <see cref="JobMatcher.ContactLimit"/>: the process still runs.</param>
public sealed record HandOverHost(
    RunnerId Runner, string Description, string SystemId, Executor Executor, string? Version, bool IsPaused, DateTimeOffset? GoneAt, DateTimeOffset? ContactedAt, DateTimeOffset? LastJobAt, long Running, HandOverState State, bool HasMachines, bool IsUp);

/// <summary>Legacy runners that are paused or gone, whichever way they came to it.</summary>
public interface IDrainedRunners
{
    Task<IReadOnlyList<DrainedRunner>> ReadAsync(InstanceId instance, CancellationToken cancel);
}

/// <summary>The list that a drain ends in: which hosts may be switched off, and where machines may be left.</summary>
public static class HandOver
{
    // A job may be given away in the moment of the pause, and shows up to 50 s later.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(60);

    /// <param name="now">The instance's time.</param>
    /// <returns>Those first that may go and still run, then by runner. A runner whose managers were never seen is a line without a system id.</returns>
    public static IReadOnlyList<HandOverHost> Of(IEnumerable<DrainedRunner> runners, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(runners);
        return
        [
            .. runners.SelectMany(one => Hosts(one, now)).OrderBy(one => one.State).ThenByDescending(one => one.HasMachines).ThenByDescending(one => one.IsUp)
                .ThenBy(one => one.Runner.Number).ThenBy(one => one.SystemId, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<HandOverHost> Hosts(DrainedRunner one, DateTimeOffset now)
    {
        IEnumerable<RunnerManager> managers = one.Observed.Managers.Count > 0 ? one.Observed.Managers : [new RunnerManager("", Executor.Unknown, null, one.Observed.Status, one.Observed.ContactedAt)];
        return managers.Select(manager => new HandOverHost(
            one.Observed.Id, one.Observed.Description, manager.SystemId, manager.Executor, manager.Version, one.Observed.Attributes.Paused, one.GoneAt, manager.ContactedAt, one.LastJobAt, one.Running,
            State(one), manager.Executor.EndsWithGitLab20, one.GoneAt is null && manager.ContactedAt is { } contact && now - contact <= JobMatcher.ContactLimit));
    }

    private static HandOverState State(DrainedRunner one) =>
        one.Running > 0 ? HandOverState.Draining : one.JobsReadAt is { } read && read - one.StoppedAt >= Quiet ? HandOverState.Free : HandOverState.NotKnown;
}
