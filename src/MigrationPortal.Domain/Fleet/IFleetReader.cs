using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>Reads all runners of an instance from GitLab, in the lane of whoever asks.</summary>
public interface IFleetReader
{
    /// <returns>The runners and GitLab's own time of the reading.</returns>
    /// <exception cref="Instances.GitLabUnavailableException">GitLab did not answer, or not as GitLab.</exception>
    Task<(DateTimeOffset TakenAt, IReadOnlyList<ObservedRunner> Runners)> ReadAsync(InstanceId instance, Instances.RequestLane lane, CancellationToken cancel);
}
