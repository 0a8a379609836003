using System.Globalization;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>What is known of drift beside the difference itself.</summary>
/// <param name="Seen">By the runner's number.</param>
/// <param name="Healed">By the runner's number.</param>
/// <param name="Freeze">From <see cref="DriftFreeze"/>.</param>
public sealed record DriftKnown(IReadOnlyDictionary<long, DriftSeen> Seen, IReadOnlyDictionary<long, DriftHealed> Healed, FreezeSpan? Freeze)
{
    /// <returns>Null before a sweep has seen it.</returns>
    public DateTimeOffset? SinceOf(DriftedRunner drift) => DriftSeen.SinceOf(drift, Seen);

    /// <summary>Why the portal leaves it as it is although its policy puts drift back: a conflict, a refusal, a freeze window.</summary>
    /// <returns>Null where nothing is known to keep it from being put back.</returns>
    public string? LeftOf(DriftedRunner drift)
    {
        ArgumentNullException.ThrowIfNull(drift);
        if (ConflictOf(drift) is { } operation) return string.Create(CultureInfo.InvariantCulture, $"Put back by operation {operation}, and set again by something else: change it at its source.");
        if (Same(drift) is { } known) return known.Why;
        return Freeze is null ? null : DriftFreeze.Words(Freeze);
    }

    /// <summary>The operation that had put it back before something else set it again; null where that has not happened.</summary>
    public long? ConflictOf(DriftedRunner drift)
    {
        ArgumentNullException.ThrowIfNull(drift);
        return Same(drift) is { Reverted: true, OperationId: var operation } ? operation : null;
    }

    private DriftHealed? Same(DriftedRunner drift) => Healed.TryGetValue(drift.Runner.Id.Number, out var known) && known.Words == drift.Words ? known : null;
}

/// <summary>Reads what is known of drift, for pages and programs.</summary>
public sealed class ReadDrift(DriftMemory memory, DriftFreeze freezes, IWorldClock clock)
{
    public async Task<DriftKnown> RunAsync(InstanceId instance, CancellationToken cancel) => new(
        await memory.SeenAsync(instance, cancel), await memory.HealedAsync(instance, cancel), await freezes.AtAsync(instance, clock.Now(instance), cancel));
}
