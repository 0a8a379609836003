using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>
/// Two project runners, one with the Kubernetes executor and one of the docker family, that an administrator keeps ready for
/// projects which move as a whole: GitLab's numbers of them. Stored: names here are promises.
/// </summary>
public sealed record RunnerPair(long Kubernetes, long Docker);

/// <summary>The pair that an administrator named, which the cohorts' room may not ask for itself.</summary>
public interface IRunnerPair
{
    /// <returns>Null: none is named.</returns>
    Task<RunnerPair?> ReadAsync(InstanceId instance, CancellationToken cancel);
}
