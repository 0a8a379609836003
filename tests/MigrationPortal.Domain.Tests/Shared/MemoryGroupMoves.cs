using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Groups;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Shared;

/// <summary>Groups that were moved by their variable.</summary>
public sealed class MemoryGroupMoves : IGroupMoveStore
{
    public List<GroupMove> All { get; } = [];

    public Task<IReadOnlyList<GroupMove>> ActiveAsync(InstanceId instance, IReadOnlyCollection<long> groups, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<GroupMove>>([.. All.Where(one => groups.Contains(one.Group.Number))]);

    public Task<IReadOnlyList<GroupMove>> CarryingAsync(ProjectId project, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<GroupMove>>([.. All.Where(one => one.Projects.Contains(project.Number)).Reverse()]);

    public Task<GroupMove?> AddAsync(GroupMove move, CancellationToken cancel)
    {
        All.Add(move with { Id = All.Count + 1, Version = 1 });
        return Task.FromResult<GroupMove?>(All[^1]);
    }

    public Task<GroupMove?> SaveAsync(GroupMove move, SharedMoveState expected, CancellationToken cancel)
    {
        var at = All.FindIndex(one => one.Id == move.Id && one.Version == move.Version && one.State == expected);
        return Task.FromResult(at < 0 ? null : All[at] = move with { Version = move.Version + 1 });
    }
}
