using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Insights;

/// <summary>Since when days are kept counted: as far as pages ask, and as far as the present step's evidence goes.</summary>
internal sealed class DigestReach(IMigrationStore migration)
{
    /// <param name="now">The instance's time.</param>
    public async Task<DateOnly> SinceAsync(InstanceId instance, DateTimeOffset now, CancellationToken cancel)
    {
        var asked = DigestReading.Day(now - Stragglers.Kept);
        var evidence = GateSteps.EvidenceFrom(await migration.StateAsync(instance, cancel), await migration.SettingsAsync(instance, cancel));
        return evidence is { } from && from < asked ? from : asked;
    }
}
