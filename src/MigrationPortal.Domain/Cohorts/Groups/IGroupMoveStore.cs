using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Groups;

public interface IGroupMoveStore
{
    /// <summary>Active ones of these groups.</summary>
    Task<IReadOnlyList<GroupMove>> ActiveAsync(InstanceId instance, IReadOnlyCollection<long> groups, CancellationToken cancel);

    /// <summary>Active ones that carry the project along, the newest first.</summary>
    Task<IReadOnlyList<GroupMove>> CarryingAsync(ProjectId project, CancellationToken cancel);

    /// <returns>With its id and version; null when the group has an active one of that variable.</returns>
    Task<GroupMove?> AddAsync(GroupMove move, CancellationToken cancel);

    /// <summary>State, projects, reason and who, if it is still in the expected state and version.</summary>
    /// <returns>With its new version; null when it is not.</returns>
    Task<GroupMove?> SaveAsync(GroupMove move, SharedMoveState expected, CancellationToken cancel);
}
