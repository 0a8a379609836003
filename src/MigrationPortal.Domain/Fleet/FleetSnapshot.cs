using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>All runners of an instance at one moment.</summary>
/// <param name="TakenAt">GitLab's own time when the snapshot was read: contact ages are measured against it.</param>
public sealed record FleetSnapshot(
    InstanceId Instance,
    DateTimeOffset TakenAt,
    IReadOnlyList<FleetRunner> Runners)
{
    public IEnumerable<FleetRunner> Managed(RunnerRole role) => Runners.Where(runner => runner.IsManaged(role));
}
