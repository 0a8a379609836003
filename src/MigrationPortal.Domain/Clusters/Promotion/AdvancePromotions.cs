using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Promotion;

/// <summary>
/// Carries promotions on, one cluster at a time: the intent is written down, then the cluster is touched, then what is observed
/// there counts. Called by a sweep; killed anywhere, the next turn goes on; run twice, it changes nothing the second time.
/// </summary>
public sealed class AdvancePromotions(IPromotionStore store, IRollouts rollouts, PromotionSteps steps, IWorldClock clock)
{
    /// <summary>For a revision to be observed, or for the one before it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(2);

    private static readonly TimeSpan Past = TimeSpan.FromDays(1);

    /// <returns>How many went on.</returns>
    /// <exception cref="GitLabUnavailableException">GitLab did not answer: the next turn goes on.</exception>
    public async Task<int> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var went = 0;
        foreach (var one in await store.OpenAsync(instance, cancel))
            if (await FollowAsync(one, cancel) is { } now && now.Version != one.Version) went++;
        return went;
    }

    // Back comes first: it waits for nothing.
    private async Task<Promotion?> FollowAsync(Promotion promotion, CancellationToken cancel)
    {
        var now = promotion;
        for (var index = 0; index < promotion.Stages.Count; index++)
        {
            if (now is null) return null;
            if (now.State == PromotionState.RollingBack && now.Stages[index] is { IsTouched: true, State: not StageState.RollingBack } touched) now = await steps.GoAsync(now, index, touched with { State = StageState.RollingBack }, Actor.Portal, cancel);
            if (now is not null && now.Stages[index].State == StageState.RollingBack) now = await ReturnAsync(now, index, cancel) ?? now;
        }

        return now switch
        {
            { State: PromotionState.RollingBack } going when going.Stages.All(stage => !stage.IsTouched) => await steps.GoAsync(going, PromotionState.RolledBack, Actor.Portal, going.Said, cancel),
            { State: PromotionState.Running } running => await GoOnAsync(running, cancel),
            _ => now,
        };
    }

    private async Task<Promotion?> GoOnAsync(Promotion promotion, CancellationToken cancel)
    {
        var index = promotion.Stages.ToList().FindIndex(stage => stage.State != StageState.Done);
        if (index < 0) return await steps.GoAsync(promotion, PromotionState.Succeeded, Actor.Portal, null, cancel);
        return promotion.Stages[index].State switch
        {
            StageState.Pending => await BeginAsync(promotion, index, cancel),
            StageState.Applying => await AppliedAsync(promotion, index, cancel),
            StageState.Baking => await BakedAsync(promotion, index, cancel),
            StageState.Failed => await HaltAsync(promotion, index, cancel),
            _ => promotion,
        };
    }

    private async Task<Promotion?> BeginAsync(Promotion promotion, int index, CancellationToken cancel)
    {
        var stage = promotion.Stages[index];
        if (!(await rollouts.ObserveAsync(stage.Cluster, promotion.Configuration, cancel)).TryGet(out var seen, out _)) return promotion;
        var before = await rollouts.FailuresAsync(stage.Cluster, clock.Now(promotion.Instance) - Past, cancel);
        var written = await steps.GoAsync(promotion, index, stage with { State = StageState.Applying, Before = seen.Revision, FailedBefore = before, Said = null }, Actor.Portal, cancel);
        return written is null ? null : await AppliedAsync(written, index, cancel);
    }

    private async Task<Promotion?> AppliedAsync(Promotion promotion, int index, CancellationToken cancel)
    {
        var stage = promotion.Stages[index];
        if (!(await rollouts.ObserveAsync(stage.Cluster, promotion.Configuration, cancel)).TryGet(out var seen, out _)) return promotion;
        if (seen.Revision == promotion.Revision && seen.Health == RolloutHealth.Well)
        {
            var now = clock.Now(promotion.Instance);
            return await steps.GoAsync(promotion, index, stage with { State = StageState.Baking, Application = seen.Application, BakedAt = now + promotion.Bake, Said = seen.Said }, Actor.Portal, cancel);
        }

        if (stage.Application is not null && seen.Application == stage.Application && seen.Health == RolloutHealth.Ill) return await FailAsync(promotion, index, seen.Said, cancel);
        if (clock.Now(promotion.Instance) - stage.Since > Patience) return await FailAsync(promotion, index, $"Revision {promotion.Revision} was not observed within {Patience.TotalHours:0} hours. {seen.Said}", cancel);
        if (stage.Application is not null) return await KeepSaidAsync(promotion, index, seen.Said, cancel);
        var asked = await rollouts.ApplyAsync(stage.Cluster, promotion.Configuration, promotion.Revision, promotion.AskedBy, ReasonOf(promotion), cancel);
        return asked.TryGet(out var application, out var no)
            ? application is null ? await KeepSaidAsync(promotion, index, seen.Said, cancel) : await steps.KeepAsync(promotion.With(index, stage with { Application = application }), cancel)
            : no.RetryAfter is not null || no.Code is "cluster-busy" or "cluster-unavailable" ? await KeepSaidAsync(promotion, index, string.Join(" ", no.Reasons), cancel)
            : await FailAsync(promotion, index, string.Join(" ", no.Reasons), cancel);
    }

    private async Task<Promotion?> BakedAsync(Promotion promotion, int index, CancellationToken cancel)
    {
        var stage = promotion.Stages[index];
        if (!(await rollouts.ObserveAsync(stage.Cluster, promotion.Configuration, cancel)).TryGet(out var seen, out _)) return promotion;
        var since = await rollouts.FailuresAsync(stage.Cluster, stage.Since, cancel);
        return BakeVerdict.Of(seen, promotion.Revision, stage.FailedBefore, since, clock.Now(promotion.Instance) >= stage.BakedAt) switch
        {
            BakeVerdict.Well(var what) => await steps.GoAsync(promotion, index, stage with { State = StageState.Done, Said = what }, Actor.Portal, cancel),
            BakeVerdict.Ill(var why) => await FailAsync(promotion, index, why, cancel),
            BakeVerdict.Waits(var what) when clock.Now(promotion.Instance) - stage.BakedAt > Patience => await FailAsync(promotion, index, $"It was not well in time. {what}", cancel),
            BakeVerdict.Waits(var what) => await KeepSaidAsync(promotion, index, what, cancel),
            _ => promotion,
        };
    }

    private async Task<Promotion?> FailAsync(Promotion promotion, int index, string why, CancellationToken cancel) =>
        await steps.GoAsync(promotion, index, promotion.Stages[index] with { State = StageState.Failed, Said = why }, Actor.Portal, cancel) is { } failed ? await HaltAsync(failed, index, cancel) : null;

    // Its way back and the halt are one write: killed before it, the next turn does it.
    private async Task<Promotion?> HaltAsync(Promotion promotion, int index, CancellationToken cancel)
    {
        var back = promotion.With(index, promotion.Stages[index] with { State = StageState.RollingBack, Since = clock.Now(promotion.Instance) });
        return await steps.GoAsync(back, PromotionState.Halted, Actor.Portal, promotion.Stages[index].Said, cancel) is { } halted ? await ReturnAsync(halted, index, cancel) : null;
    }

    private async Task<Promotion?> ReturnAsync(Promotion promotion, int index, CancellationToken cancel)
    {
        var stage = promotion.Stages[index];
        // Nothing ran there before: taking a first revision away is nobody's way back.
        if (stage.Before is not { } before || before == promotion.Revision) return await steps.GoAsync(promotion, index, stage with { State = StageState.RolledBack, Said = "There was no other revision before: what is there stays." }, Actor.Portal, cancel);
        if (!(await rollouts.ObserveAsync(stage.Cluster, promotion.Configuration, cancel)).TryGet(out var seen, out _)) return promotion;
        if (seen.Revision == before && seen.Health == RolloutHealth.Well) return await steps.GoAsync(promotion, index, stage with { State = StageState.RolledBack, Said = seen.Said }, Actor.Portal, cancel);
        var asked = await rollouts.ReturnAsync(stage.Cluster, promotion.Configuration, stage.Application, before, Actor.Portal, $"Back from revision {promotion.Revision} (promotion {promotion.Id})", cancel);
        return await KeepSaidAsync(promotion, index, asked.Match(_ => seen.Said, no => string.Join(" ", no.Reasons)), cancel);
    }

    private async Task<Promotion?> KeepSaidAsync(Promotion promotion, int index, string said, CancellationToken cancel) =>
        promotion.Stages[index].Said == said ? promotion : await steps.KeepAsync(promotion.With(index, promotion.Stages[index] with { Said = said }), cancel);

    private static string ReasonOf(Promotion promotion) => $"Promotion {promotion.Id} of revision {promotion.Revision}";
}
