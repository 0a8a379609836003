using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Jobs;

/// <summary>What runners did lately, from the day rollup.</summary>
public interface IRunnerUse
{
    /// <param name="window">Whole UTC days: the first one counts in full.</param>
    /// <returns>Runners that never started a job, as far as is known, are left out.</returns>
    Task<IReadOnlyDictionary<RunnerId, RunnerUse>> ReadAsync(InstanceId instance, TimeWindow window, CancellationToken cancel);
}

/// <param name="Finished">Jobs in the window.</param>
/// <param name="LastStartedAt">Ever seen.</param>
public sealed record RunnerUse(long Finished, DateTimeOffset? LastStartedAt);
