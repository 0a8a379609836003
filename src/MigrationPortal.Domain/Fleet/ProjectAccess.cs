using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>The switches of a project that decide which runners may serve it (gitlab-api.md 7.2 and 8).</summary>
/// <param name="GroupIds">The project's group and all of its ancestors.</param>
public sealed record ProjectAccess(
    ProjectId Id,
    string FullPath,
    bool InstanceRunnersEnabled,
    bool GroupRunnersEnabled,
    IReadOnlySet<long> GroupIds);
