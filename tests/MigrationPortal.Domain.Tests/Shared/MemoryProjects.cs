using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Shared;

/// <summary>Projects as they were saved last.</summary>
public sealed class MemoryProjects : IProjectStore
{
    public Dictionary<ProjectId, ObservedProject> All { get; } = [];

    public Task SaveAsync(IReadOnlyCollection<ObservedProject> projects, CancellationToken cancel)
    {
        foreach (var one in projects) All[one.Id] = one;
        return Task.CompletedTask;
    }

    public Task<ObservedProject?> FindAsync(ProjectId id, CancellationToken cancel) => Task.FromResult(All.GetValueOrDefault(id));

    public Task<IReadOnlyDictionary<ProjectId, ObservedProject>> FindAsync(IReadOnlyCollection<ProjectId> ids, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<ProjectId, ObservedProject>>(All.Where(one => ids.Contains(one.Key)).ToDictionary());

    public Task<IReadOnlyList<ObservedProject>> ListAsync(InstanceId instance, string? search, int limit, string? after, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<ProjectId>> UnreadAsync(InstanceId instance, DateTimeOffset notSince, int limit, CancellationToken cancel) => throw new NotSupportedException();
}
