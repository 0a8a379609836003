using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Promotion;

/// <summary>Takes a promotion from one state to the next: stored and audited together, or neither.</summary>
public sealed class PromotionSteps(IPromotionStore store, IAuditTrail audit, IPortalEvents events, IWorldClock clock)
{
    /// <returns>Null when one is active already.</returns>
    public Task<Promotion?> BeginAsync(Promotion promotion, Actor who, CancellationToken cancel) =>
        WriteAsync(promotion, who, promotion.Override is null ? "promotion.begin" : "promotion.begin-unverified", promotion.Override?.Reason, () => store.AddAsync(promotion, cancel), cancel);

    /// <returns>Null when somebody else changed it meanwhile.</returns>
    public Task<Promotion?> GoAsync(Promotion before, PromotionState to, Actor who, string? said, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(before);
        if (!PromotionTransitions.May(before.State, to)) throw new InvalidOperationException($"A promotion does not go from {before.State} to {to}.");
        var after = before with { State = to, Said = said, Since = clock.Now(before.Instance) };
        return WriteAsync(after, who, $"promotion.{to.ToString().ToLowerInvariant()}", said, () => store.SaveAsync(after, cancel), cancel);
    }

    /// <returns>Null when somebody else changed it meanwhile.</returns>
    public Task<Promotion?> GoAsync(Promotion before, int index, PromotionStage stage, Actor who, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(stage);
        if (!PromotionTransitions.May(before.Stages[index].State, stage.State)) throw new InvalidOperationException($"A cluster of a promotion does not go from {before.Stages[index].State} to {stage.State}.");
        var after = before.With(index, stage with { Since = clock.Now(before.Instance) });
        return WriteAsync(after, who, $"promotion.cluster-{stage.State.ToString().ToLowerInvariant()}", stage.Said, () => store.SaveAsync(after, cancel), cancel);
    }

    /// <summary>Stores what was learnt; all states stay.</summary>
    public async Task<Promotion?> KeepAsync(Promotion promotion, CancellationToken cancel)
    {
        var saved = await store.SaveAsync(promotion, cancel);
        if (saved is not null) await TellAsync(saved, cancel);
        return saved;
    }

    /// <summary>Stores what was last seen of a cluster, when it is news.</summary>
    public async Task<Promotion?> SayAsync(Promotion promotion, int index, string said, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(promotion);
        return promotion.Stages[index].Said == said ? promotion : await KeepAsync(promotion.With(index, promotion.Stages[index] with { Said = said }), cancel);
    }

    private async Task<Promotion?> WriteAsync(Promotion after, Actor who, string verb, string? why, Func<Task<Promotion?>> write, CancellationToken cancel)
    {
        var shown = JsonSerializer.Serialize(new { promotion = after.Id, revision = after.Revision, state = after.State.ToString(), verification = after.Verification, clusters = after.Stages.Select(one => new { cluster = one.Cluster, state = one.State.ToString(), application = one.Application }) });
        var saved = await audit.WriteAsync(new AuditEntry(after.Since, after.Instance, who, verb, $"runner-config/{after.Configuration}", why, null, shown), write, cancel);
        if (saved is not null) await TellAsync(saved, cancel);
        return saved;
    }

    private Task TellAsync(Promotion promotion, CancellationToken cancel) => events.PublishAsync(new PortalEvent(PortalTopic.Configurations, null, promotion.Configuration), cancel);
}
