using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Promotion;

/// <summary>Ends a promotion by hand: no further cluster, or all of its clusters back at once.</summary>
public sealed class StopPromotion(IPromotionStore store, PromotionSteps steps, IWorldClock clock)
{
    /// <summary>What runs stays. One that has ended stays as it is.</summary>
    /// <returns>Refuses <c>unknown-promotion</c>, <c>changed-meanwhile</c>.</returns>
    public async Task<Outcome<Promotion>> RunAsync(long configuration, long id, Actor who, string? reason, CancellationToken cancel)
    {
        if (await store.FindAsync(configuration, id, cancel) is not { } found) return Unknown(configuration, id);
        if (found.State != PromotionState.Running) return found;
        return await steps.GoAsync(found, PromotionState.Stopped, who, Why(reason, "stopped"), cancel) is { } stopped ? stopped : Meanwhile();
    }

    /// <summary>Every cluster that it touched goes back to what it ran before; needs no verification and waits for no bake time.</summary>
    /// <returns>Refuses <c>unknown-promotion</c>, <c>reason-missing</c>, <c>rolled-back-already</c>, <c>not-the-newest</c>, <c>changed-meanwhile</c>.</returns>
    public async Task<Outcome<Promotion>> RollBackAsync(long configuration, long id, Actor who, string? reason, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(reason)) return Refusal.Of("reason-missing", "Say why: it stands in the audit trail.");
        if (await store.FindAsync(configuration, id, cancel) is not { } found) return Unknown(configuration, id);
        if (found.State == PromotionState.RollingBack) return found;
        if (found.State == PromotionState.RolledBack) return Refusal.Of("rolled-back-already", $"Promotion {id} is rolled back already.");
        if ((await store.OfAsync(configuration, 1, null, cancel)) is [var newest] && newest.Id != id) return Refusal.Of("not-the-newest", $"Promotion {newest.Id} came after it: roll that one back, or promote an older revision.");
        // What did not come back is tried again.
        var now = clock.Now(found.Instance);
        found = found with { Stages = [.. found.Stages.Select(one => one.State == StageState.NotReturned ? one with { State = StageState.RollingBack, Since = now } : one)] };
        return await steps.GoAsync(found, PromotionState.RollingBack, who, Why(reason, ""), cancel) is { } going ? going : Meanwhile();
    }

    private static string Why(string? reason, string otherwise) => string.IsNullOrWhiteSpace(reason) ? otherwise : reason.Trim();

    private static Refusal Unknown(long configuration, long id) => Refusal.Of("unknown-promotion", $"Configuration {configuration} has no promotion {id}.");

    private static Refusal Meanwhile() => Refusal.Of("changed-meanwhile", "It went on at this moment: look again.");
}
