using System.Globalization;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>The freeze window that keeps the portal from putting drift back by itself. It holds no person: a plan does so at any time.</summary>
public sealed class DriftFreeze(IMigrationStore migration, ReadFreezes freezes)
{
    /// <param name="now">The instance's time.</param>
    /// <returns>Null where none lasts, and where policy or automation put nothing back anyway.</returns>
    public async Task<FreezeSpan?> AtAsync(InstanceId instance, DateTimeOffset now, CancellationToken cancel)
    {
        var state = await migration.StateAsync(instance, cancel);
        if (!state.AutomationOn || state.Current is not { Evacuated: false, Phase: var phase }) return null;
        return (await migration.SettingsAsync(instance, cancel)).PolicyOf(phase).HealsDrift ? await freezes.AtAsync(instance, now, cancel) : null;
    }

    /// <summary>A sentence for whoever sees the difference.</summary>
    public static string Words(FreezeSpan freeze)
    {
        ArgumentNullException.ThrowIfNull(freeze);
        return string.Create(CultureInfo.InvariantCulture, $"Held by the {FreezeRule.Words(freeze)} until {freeze.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC: put back after it, or before by a plan of yours.");
    }
}
