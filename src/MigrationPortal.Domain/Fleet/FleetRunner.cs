using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>
/// A runner with what GitLab says and what the admins decided. <paramref name="Baseline"/> holds the attributes from
/// before the migration's first change of this runner: what evacuation gives back. Null until then.
/// </summary>
public sealed record FleetRunner(ObservedRunner Observed, RunnerStanding Standing, RunnerAttributes? Baseline)
{
    public RunnerId Id => Observed.Id;

    public RunnerAttributes Attributes => Observed.Attributes;

    public bool IsManaged(RunnerRole role) => Standing.Managed && Standing.Role == role;
}
