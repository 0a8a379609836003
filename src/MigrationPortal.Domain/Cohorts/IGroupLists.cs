using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>Groups and what lies below them, as GitLab last listed them.</summary>
public interface IGroupLists
{
    Task<KnownGroup?> FindAsync(GroupId id, CancellationToken cancel);

    /// <summary>By path, ascending; <paramref name="search"/> finds parts of the path, <paramref name="after"/> is the last path of the page before.</summary>
    Task<IReadOnlyList<KnownGroup>> ListAsync(InstanceId instance, string? search, int limit, string? after, CancellationToken cancel);

    /// <summary>Groups below it, at any depth, by path.</summary>
    Task<IReadOnlyList<KnownGroup>> BelowAsync(GroupId id, CancellationToken cancel);

    /// <summary>Projects of the group and of all groups below it, by path; archived ones are left out.</summary>
    Task<IReadOnlyList<ObservedProject>> ProjectsAsync(GroupId id, CancellationToken cancel);
}

public sealed record KnownGroup(GroupId Id, string FullPath);
