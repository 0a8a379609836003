using System.Text.Json;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <param name="Words">What a plan of the reached phase would change.</param>
/// <param name="Since">GitLab's time of the first reading that showed it so.</param>
/// <param name="Told">A notice went out.</param>
public sealed record DriftSeen(string Words, DateTimeOffset Since, bool Told)
{
    /// <returns>Null where no reading has shown it, or it differed in another way.</returns>
    public static DateTimeOffset? SinceOf(DriftedRunner drift, IReadOnlyDictionary<long, DriftSeen> seen)
    {
        ArgumentNullException.ThrowIfNull(drift);
        ArgumentNullException.ThrowIfNull(seen);
        return seen.TryGetValue(drift.Runner.Id.Number, out var known) && known.Words == drift.Words ? known.Since : null;
    }
}

/// <param name="Words">What was put back.</param>
/// <param name="OperationId">Null where it was refused: then <paramref name="Why"/> says why.</param>
/// <param name="Reverted">The same difference came back afterwards, and people were told.</param>
public sealed record DriftHealed(string Words, DateTimeOffset At, long? OperationId, string? Why, bool Reverted);

/// <summary>What the portal remembers of drift from one reading of the fleet to the next: by the runner's number.</summary>
public sealed class DriftMemory(IInstanceStore store)
{
    private const string SeenMark = "notice/drift";
    private const string HealedMark = "drift/healed";

    public Task<IReadOnlyDictionary<long, DriftSeen>> SeenAsync(InstanceId instance, CancellationToken cancel) => ReadAsync<DriftSeen>(instance, SeenMark, cancel);

    public Task SaveSeenAsync(InstanceId instance, IReadOnlyDictionary<long, DriftSeen> seen, DateTimeOffset at, CancellationToken cancel) =>
        store.SaveWatermarkAsync(instance, SeenMark, JsonSerializer.Serialize(seen), at, cancel);

    public Task<IReadOnlyDictionary<long, DriftHealed>> HealedAsync(InstanceId instance, CancellationToken cancel) => ReadAsync<DriftHealed>(instance, HealedMark, cancel);

    public Task SaveHealedAsync(InstanceId instance, IReadOnlyDictionary<long, DriftHealed> healed, DateTimeOffset at, CancellationToken cancel) =>
        store.SaveWatermarkAsync(instance, HealedMark, JsonSerializer.Serialize(healed), at, cancel);

    private async Task<IReadOnlyDictionary<long, T>> ReadAsync<T>(InstanceId instance, string mark, CancellationToken cancel) =>
        await store.WatermarkAsync(instance, mark, cancel) is { } stored ? JsonSerializer.Deserialize<Dictionary<long, T>>(stored) ?? [] : [];
}
