using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>Projects as the sweep last saw them: path, switches, groups, protected refs.</summary>
public interface IProjectStore
{
    Task SaveAsync(IReadOnlyCollection<ObservedProject> projects, CancellationToken cancel);

    Task<ObservedProject?> FindAsync(ProjectId id, CancellationToken cancel);

    Task<IReadOnlyDictionary<ProjectId, ObservedProject>> FindAsync(IReadOnlyCollection<ProjectId> ids, CancellationToken cancel);

    /// <summary>By path, ascending; <paramref name="search"/> finds parts of the path, <paramref name="after"/> is the last path of the page before.</summary>
    Task<IReadOnlyList<ObservedProject>> ListAsync(InstanceId instance, string? search, int limit, string? after, CancellationToken cancel);

    /// <summary>Projects that jobs name but whose switches were never read, or not since the instant; most jobs first.</summary>
    Task<IReadOnlyList<ProjectId>> UnreadAsync(InstanceId instance, DateTimeOffset notSince, int limit, CancellationToken cancel);
}

/// <param name="ProtectedBranches">Names or <c>*</c> patterns; null when they were not read: protection is then not known.</param>
/// <param name="ReadAt">The instance's time of the reading.</param>
public sealed record ObservedProject(
    ProjectAccess Access,
    string? DefaultBranch,
    bool Archived,
    DateTimeOffset? LastActivityAt,
    IReadOnlyList<string>? ProtectedBranches,
    IReadOnlyList<string>? ProtectedTags,
    DateTimeOffset ReadAt)
{
    public ProjectId Id => Access.Id;
}
