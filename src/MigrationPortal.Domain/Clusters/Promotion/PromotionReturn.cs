using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Promotion;

/// <summary>The way back of a promotion: each cluster to what it ran before its turn, all at once, and never for ever.</summary>
public sealed class PromotionReturn(IRollouts rollouts, PromotionSteps steps, IWorldClock clock)
{
    /// <summary>For the revision before to be observed again. What the portal itself rolls back has a deadline of its own.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(2);

    /// <returns>As it is now; null: somebody else changed it meanwhile.</returns>
    public async Task<Promotion?> RunAsync(Promotion promotion, CancellationToken cancel)
    {
        var now = promotion;
        for (var index = 0; index < promotion.Stages.Count; index++)
        {
            if (now is null) return null;
            if (now.State == PromotionState.RollingBack && now.Stages[index] is { IsTouched: true, State: not (StageState.RollingBack or StageState.NotReturned) } touched)
                now = await steps.GoAsync(now, index, touched with { State = StageState.RollingBack }, Actor.Portal, cancel);
            if (now?.Stages[index].State == StageState.RollingBack) now = await ReturnAsync(now, index, cancel);
        }

        if (now is not { State: PromotionState.RollingBack } || now.Stages.Any(one => one.State == StageState.RollingBack)) return now;
        return await steps.GoAsync(now, now.Stages.Any(one => one.State == StageState.NotReturned) ? PromotionState.NotReturned : PromotionState.RolledBack, Actor.Portal, now.Said, cancel);
    }

    private async Task<Promotion?> ReturnAsync(Promotion promotion, int index, CancellationToken cancel)
    {
        var stage = promotion.Stages[index];
        // Nothing ran there before: taking a first revision away is nobody's way back.
        if (stage.Before is not { } before || before == promotion.Revision) return await steps.GoAsync(promotion, index, stage with { State = StageState.RolledBack, Said = "There was no other revision before: what is there stays." }, Actor.Portal, cancel);
        if (!(await rollouts.ObserveAsync(stage.Cluster, promotion.Configuration, before, cancel)).TryGet(out var seen, out var no)) return await LaterAsync(promotion, index, string.Join(" ", no.Reasons), cancel);
        if (seen.Revision == before && seen.Health == RolloutHealth.Well) return await steps.GoAsync(promotion, index, stage with { State = StageState.RolledBack, Said = seen.Said }, Actor.Portal, cancel);
        var wish = new RolloutWish(stage.Cluster, promotion.Configuration, before, Actor.Portal, $"Back from revision {promotion.Revision} (promotion {promotion.Id})", null);
        if (!(await rollouts.ReturnAsync(wish, stage.Application, cancel)).TryGet(out _, out no)) return await LaterAsync(promotion, index, string.Join(" ", no.Reasons), cancel);
        return seen.IsUnderWay ? await steps.SayAsync(promotion, index, seen.Said, cancel) : await LaterAsync(promotion, index, seen.Said, cancel);
    }

    private async Task<Promotion?> LaterAsync(Promotion promotion, int index, string said, CancellationToken cancel)
    {
        var stage = promotion.Stages[index];
        return clock.Now(promotion.Instance) - stage.Since > Patience
            ? await steps.GoAsync(promotion, index, stage with { State = StageState.NotReturned, Said = $"It was not back at revision {stage.Before} within {Patience.TotalHours:0} hours: look there, and roll back again. {said}" }, Actor.Portal, cancel)
            : await steps.SayAsync(promotion, index, said, cancel);
    }
}
