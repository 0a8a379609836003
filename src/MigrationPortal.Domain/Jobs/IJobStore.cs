using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Jobs;

/// <summary>Where jobs are recorded: deduplicated, executor stamped, rolled up in the same transaction.</summary>
public interface IJobStore
{
    /// <summary>
    /// Merges observations into the store. The same batch twice, or batches in any order, end in the same rows and rollups.
    /// </summary>
    /// <returns>How many jobs were new or moved on.</returns>
    Task<int> RecordAsync(InstanceId instance, IReadOnlyCollection<JobObservation> observations, CancellationToken cancel);

    /// <summary>The job classes of jobs created in the window, with the projects' switches.</summary>
    Task<JobClassCensus> CensusAsync(InstanceId instance, TimeWindow window, CancellationToken cancel);

    /// <summary>Which of these runners has started a job at or after the instant.</summary>
    Task<IReadOnlySet<RunnerId>> StartedJobSinceAsync(InstanceId instance, IReadOnlyCollection<RunnerId> runners, DateTimeOffset since, CancellationToken cancel);

    /// <summary>How many jobs each of these runners is running, as last seen; runners without any are left out.</summary>
    /// <param name="startedSince">Older ones are not believed: GitLab has ended them, and nobody said so.</param>
    Task<IReadOnlyDictionary<RunnerId, long>> RunningAsync(InstanceId instance, IReadOnlyCollection<RunnerId> runners, DateTimeOffset startedSince, CancellationToken cancel);
}
