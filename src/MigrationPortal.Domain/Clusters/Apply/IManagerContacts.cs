using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>The managers of one runner, asked of GitLab now: a sweep's last look may be minutes old.</summary>
public interface IManagerContacts
{
    /// <returns>Null: there is no such runner.</returns>
    /// <exception cref="Instances.GitLabUnavailableException">GitLab did not answer.</exception>
    Task<IReadOnlyList<RunnerManager>?> ReadAsync(RunnerId runner, CancellationToken cancel);
}
