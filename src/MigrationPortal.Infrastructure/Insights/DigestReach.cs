using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Insights;

/// <summary>Since when days are kept counted: as far as pages ask, and the arms alone as far as the present step's evidence goes.</summary>
internal sealed class DigestReach(IMigrationStore migration)
{
    /// <summary>Since when job names and places are kept as well.</summary>
    /// <param name="now">The instance's time.</param>
    public static DateOnly PagesSince(DateTimeOffset now) => DigestReading.Day(now - Stragglers.Kept);

    /// <param name="now">The instance's time.</param>
    public async Task<DateOnly> SinceAsync(InstanceId instance, DateTimeOffset now, CancellationToken cancel)
    {
        var asked = PagesSince(now);
        var evidence = GateSteps.EvidenceFrom(await migration.StateAsync(instance, cancel), await migration.SettingsAsync(instance, cancel));
        return evidence is { } from && from < asked ? from : asked;
    }
}
