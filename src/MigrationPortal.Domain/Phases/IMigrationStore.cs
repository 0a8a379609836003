using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Settings (written by admins) and phase state (written by the portal): two documents with different writers.</summary>
public interface IMigrationStore
{
    Task<MigrationSettings> SettingsAsync(InstanceId instance, CancellationToken cancel);

    /// <returns>False when somebody else wrote since <see cref="MigrationSettings.Version"/>.</returns>
    Task<bool> SaveSettingsAsync(MigrationSettings settings, CancellationToken cancel);

    Task<PhaseState> StateAsync(InstanceId instance, CancellationToken cancel);

    /// <returns>False when somebody else wrote since <see cref="PhaseState.Version"/>.</returns>
    Task<bool> SaveStateAsync(PhaseState state, CancellationToken cancel);
}
