using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Instances;

/// <summary>What the portal remembers of a GitLab instance between sweeps and over replicas.</summary>
public interface IInstanceStore
{
    Task SaveHealthAsync(ConnectionHealth health, CancellationToken cancel);

    Task<ConnectionHealth?> HealthAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>How far a source was read, in that source's own words; null at the first time.</summary>
    Task<string?> WatermarkAsync(InstanceId instance, string source, CancellationToken cancel);

    Task SaveWatermarkAsync(InstanceId instance, string source, string value, DateTimeOffset at, CancellationToken cancel);

    Task<IReadOnlyDictionary<string, (string Value, DateTimeOffset At)>> WatermarksAsync(InstanceId instance, CancellationToken cancel);
}
