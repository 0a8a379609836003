using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>Full paths by number, as far as projects told them.</summary>
public interface IOwnerNames
{
    /// <summary>Of groups: what the paths of their projects have in common. Groups without a known project are left out.</summary>
    Task<IReadOnlyDictionary<long, string>> GroupsAsync(InstanceId instance, IReadOnlyCollection<long> groups, CancellationToken cancel);

    Task<IReadOnlyDictionary<long, string>> ProjectsAsync(InstanceId instance, IReadOnlyCollection<long> projects, CancellationToken cancel);
}
