using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Jobs;

/// <summary>What runners did lately, from the day rollup.</summary>
public interface IRunnerUse
{
    /// <param name="window">Whole UTC days: the first one counts in full.</param>
    Task<FleetUse> ReadAsync(InstanceId instance, TimeWindow window, CancellationToken cancel);
}

/// <param name="CompleteSince">From when on every job of the window is read: its begin when all are, its end when none are.</param>
/// <param name="ByRunner">Runners that never started a job, as far as is known, are left out.</param>
public sealed record FleetUse(TimeWindow Window, DateTimeOffset CompleteSince, IReadOnlyDictionary<RunnerId, RunnerUse> ByRunner)
{
    /// <summary>The part of the window of which every job is read; empty while none is.</summary>
    public TimeWindow Basis => Window with { From = CompleteSince > Window.From ? CompleteSince : Window.From };
}

/// <param name="Finished">Jobs in the window.</param>
/// <param name="JobsPerDay">Per day that the portal has watched, as in <see cref="JobClass"/>.</param>
/// <param name="LastStartedAt">Ever seen.</param>
public sealed record RunnerUse(long Finished, double JobsPerDay, DateTimeOffset? LastStartedAt);
