using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>What a surge needs to know of production's jobs, from what the sweeps have stored.</summary>
public interface ISurgeFacts
{
    /// <summary>Jobs that wait and that an instance runner with these attributes could take.</summary>
    Task<long> QueuedAsync(InstanceId instance, RunnerAttributes attributes, CancellationToken cancel);

    /// <summary>Finished jobs of each of these runners; runners without any are left out.</summary>
    Task<IReadOnlyDictionary<long, long>> FinishedAsync(InstanceId instance, IReadOnlyCollection<long> runners, CancellationToken cancel);
}

/// <summary>Jobs that a lent runner still runs when their time is over.</summary>
public interface ILentJobs
{
    /// <summary>Cancels them, so that its manager can end. Audited before GitLab is asked.</summary>
    /// <returns>How many. Refuses <c>gitlab-refused</c> and <c>gitlab-unavailable</c>.</returns>
    Task<Outcome<int>> CancelAsync(RunnerId runner, string why, CancellationToken cancel);
}

/// <summary>CI/CD variables of the whole instance, by name.</summary>
public interface IInstanceVariables
{
    /// <returns>Keys with whether they are protected. Refuses <c>gitlab-refused</c> when the token may not see them.</returns>
    /// <exception cref="Instances.GitLabUnavailableException">GitLab did not answer.</exception>
    Task<Outcome<IReadOnlyList<(string Key, bool Protected)>>> ReadAsync(InstanceId instance, CancellationToken cancel);
}
