using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>The pair that an admin named, for moves.</summary>
public sealed class ReadRunnerPair(IMigrationStore migration) : IRunnerPair
{
    public async Task<RunnerPair?> ReadAsync(InstanceId instance, CancellationToken cancel) => (await migration.SettingsAsync(instance, cancel)).Pair;
}
