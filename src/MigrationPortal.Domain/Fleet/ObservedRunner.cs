using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>A runner as GitLab showed it at the snapshot's time.</summary>
/// <param name="ProjectIds">Assigned projects of a project runner, else empty.</param>
/// <param name="GroupIds">The groups of a group runner, else empty.</param>
public sealed record ObservedRunner(
    RunnerId Id,
    string Description,
    RunnerType Type,
    RunnerAttributes Attributes,
    bool Locked,
    RunnerStatus Status,
    DateTimeOffset? ContactedAt,
    DateTimeOffset? CreatedAt,
    string? MaintenanceNote,
    IReadOnlyList<RunnerManager> Managers,
    IReadOnlySet<long> ProjectIds,
    IReadOnlySet<long> GroupIds);
