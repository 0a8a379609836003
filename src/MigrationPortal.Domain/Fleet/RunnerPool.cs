namespace MigrationPortal.Domain.Fleet;

/// <summary>Runners that the matching engine cannot tell apart: same attributes, same scope, same standing.</summary>
/// <param name="ManagedAs">Their role when managed, null when unmanaged.</param>
public sealed record RunnerPool(RunnerAttributes Attributes, RunnerRole? ManagedAs, IReadOnlyList<FleetRunner> Runners);
