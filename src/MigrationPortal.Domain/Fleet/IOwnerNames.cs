using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>Full paths by number, as GitLab last listed them; those that it never listed are left out.</summary>
public interface IOwnerNames
{
    Task<IReadOnlyDictionary<long, string>> GroupsAsync(InstanceId instance, IReadOnlyCollection<long> groups, CancellationToken cancel);

    Task<IReadOnlyDictionary<long, string>> ProjectsAsync(InstanceId instance, IReadOnlyCollection<long> projects, CancellationToken cancel);
}
