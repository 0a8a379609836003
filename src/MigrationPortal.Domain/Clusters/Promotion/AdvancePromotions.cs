using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Promotion;

/// <summary>
/// Carries promotions on, one cluster at a time: the intent is written down, then the cluster is touched, then what is observed
/// there counts. Called by a sweep; killed anywhere, the next turn goes on; run twice, it changes nothing the second time.
/// </summary>
public sealed class AdvancePromotions(IPromotionStore store, IRollouts rollouts, PromotionSteps steps, PromotionReturn back, IWorldClock clock)
{
    /// <summary>For a revision to be observed, and for a cluster that cannot be asked. What the portal itself applies has a deadline of its own.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(2);

    private static readonly TimeSpan Past = TimeSpan.FromDays(1);

    /// <returns>How many are under way, and how many of these went on.</returns>
    public async Task<(int Open, int Went)> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var went = 0;
        var all = await store.OpenAsync(instance, cancel);
        foreach (var one in all)
            if (await FollowAsync(one, cancel) is { } now && now.Version != one.Version) went++;
        return (all.Count, went);
    }

    // Back comes first: it waits for nothing.
    private async Task<Promotion?> FollowAsync(Promotion promotion, CancellationToken cancel)
    {
        var now = await back.RunAsync(promotion, cancel);
        return now is { State: PromotionState.Running } ? await GoOnAsync(now, cancel) : now;
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
        for (var done = 0; done < index; done++)
        {
            if (!(await SeenAsync(promotion, done, cancel)).TryGet(out var before, out var silent)) return await LaterAsync(promotion, index, string.Join(" ", silent.Reasons), cancel);
            if (before.Health == RolloutHealth.Ill) return await FailAsync(promotion, done, before.Said, cancel);
            if (before.Revision is { } other && other != promotion.Revision) return await FailAsync(promotion, done, $"The cluster runs revision {other} now: somebody else changed it.", cancel);
            if (before.Revision is null || before.Health == RolloutHealth.Waiting) return await LaterAsync(promotion, index, $"A cluster before it is not as it was: {before.Said}", cancel);
        }

        if (!(await rollouts.ObserveAsync(stage.Cluster, promotion.Configuration, null, cancel)).TryGet(out var seen, out var no))
            return Passes(no) ? await LaterAsync(promotion, index, string.Join(" ", no.Reasons), cancel) : await steps.GoAsync(promotion, PromotionState.Halted, Actor.Portal, string.Join(" ", no.Reasons), cancel);
        // What is just being applied there has no end yet, and so no way back.
        if (seen.IsUnderWay) return await LaterAsync(promotion, index, seen.Said, cancel);
        var failed = await rollouts.FailuresAsync(stage.Cluster, clock.Now(promotion.Instance) - Past, cancel);
        var written = await steps.GoAsync(promotion, index, stage with { State = StageState.Applying, Before = seen.Revision ?? seen.LastGood, FailedBefore = failed, Said = null }, Actor.Portal, cancel);
        return written is null ? null : await AppliedAsync(written, index, cancel);
    }

    private async Task<Promotion?> AppliedAsync(Promotion promotion, int index, CancellationToken cancel)
    {
        var stage = promotion.Stages[index];
        if (!(await SeenAsync(promotion, index, cancel)).TryGet(out var seen, out var no)) return Passes(no) ? await WaitAsync(promotion, index, string.Join(" ", no.Reasons), cancel) : await FailAsync(promotion, index, string.Join(" ", no.Reasons), cancel);
        if (seen.Revision == promotion.Revision && seen.Health == RolloutHealth.Well)
        {
            var now = clock.Now(promotion.Instance);
            return await steps.GoAsync(promotion, index, stage with { State = StageState.Baking, Application = seen.Application, BakedAt = now + promotion.Bake, Said = seen.Said }, Actor.Portal, cancel);
        }

        if (stage.Application is { } mine)
        {
            if (seen.Application == mine && seen.Health == RolloutHealth.Ill) return await FailAsync(promotion, index, seen.Said, cancel);
            if (seen.Application == mine && seen.IsUnderWay) return await steps.SayAsync(promotion, index, seen.Said, cancel);
            if (seen.Application != mine && seen.Revision is { } other && other != promotion.Revision) return await FailAsync(promotion, index, $"Application {mine} was taken back, or another one came after it: the cluster runs revision {other}.", cancel);
            return await WaitAsync(promotion, index, seen.Said, cancel);
        }

        var asked = await rollouts.ApplyAsync(new RolloutWish(stage.Cluster, promotion.Configuration, promotion.Revision, promotion.AskedBy, promotion.Reason, promotion.Override?.Reason), cancel);
        return asked.TryGet(out var application, out no)
            ? application is null ? await WaitAsync(promotion, index, seen.Said, cancel) : await steps.KeepAsync(promotion.With(index, stage with { Application = application, Said = seen.Said }), cancel)
            : Passes(no) ? await WaitAsync(promotion, index, string.Join(" ", no.Reasons), cancel)
            : await FailAsync(promotion, index, string.Join(" ", no.Reasons), cancel);
    }

    private async Task<Promotion?> BakedAsync(Promotion promotion, int index, CancellationToken cancel)
    {
        var stage = promotion.Stages[index];
        if (!(await SeenAsync(promotion, index, cancel)).TryGet(out var seen, out var no)) seen = new RolloutSeen(null, null, RolloutHealth.Waiting, string.Join(" ", no.Reasons));
        var since = await rollouts.FailuresAsync(stage.Cluster, stage.Since, cancel);
        return BakeVerdict.Of(seen, promotion.Revision, stage.FailedBefore, since, clock.Now(promotion.Instance) >= stage.BakedAt) switch
        {
            BakeVerdict.Well(var what) => await steps.GoAsync(promotion, index, stage with { State = StageState.Done, Said = what }, Actor.Portal, cancel),
            BakeVerdict.Ill(var why) => await FailAsync(promotion, index, why, cancel),
            BakeVerdict.Waits(var what) when clock.Now(promotion.Instance) - stage.BakedAt > Patience => await FailAsync(promotion, index, $"It was not well in time. {what}", cancel),
            BakeVerdict.Waits(var what) => await steps.SayAsync(promotion, index, what, cancel),
            _ => promotion,
        };
    }

    private async Task<Promotion?> FailAsync(Promotion promotion, int index, string why, CancellationToken cancel) =>
        await steps.GoAsync(promotion, index, promotion.Stages[index] with { State = StageState.Failed, Said = why }, Actor.Portal, cancel) is { } failed ? await HaltAsync(failed, index, cancel) : null;

    // Its way back and the halt are one write: killed before it, the next turn does it.
    private async Task<Promotion?> HaltAsync(Promotion promotion, int index, CancellationToken cancel)
    {
        var going = promotion.With(index, promotion.Stages[index] with { State = StageState.RollingBack, Since = clock.Now(promotion.Instance) });
        return await steps.GoAsync(going, PromotionState.Halted, Actor.Portal, promotion.Stages[index].Said, cancel) is { } halted ? await back.RunAsync(halted, cancel) : null;
    }

    // Its turn has come and cannot begin: from then on the patience counts.
    private async Task<Promotion?> LaterAsync(Promotion promotion, int index, string said, CancellationToken cancel)
    {
        var since = index == 0 ? promotion.AskedAt : promotion.Stages[index - 1].Since;
        return clock.Now(promotion.Instance) - since > Patience + promotion.Bake
            ? await steps.GoAsync(promotion, PromotionState.Halted, Actor.Portal, $"The turn of cluster {promotion.Stages[index].Cluster} could not begin in time. {said}", cancel)
            : await steps.SayAsync(promotion, index, said, cancel);
    }

    private async Task<Promotion?> WaitAsync(Promotion promotion, int index, string said, CancellationToken cancel) =>
        clock.Now(promotion.Instance) - promotion.Stages[index].Since > Patience
            ? await FailAsync(promotion, index, $"Revision {promotion.Revision} was not observed within {Patience.TotalHours:0} hours. {said}", cancel)
            : await steps.SayAsync(promotion, index, said, cancel);

    private Task<Outcome<RolloutSeen>> SeenAsync(Promotion promotion, int index, CancellationToken cancel) => rollouts.ObserveAsync(promotion.Stages[index].Cluster, promotion.Configuration, promotion.Revision, cancel);

    private static bool Passes(Refusal no) => no.RetryAfter is not null || no.Code is "cluster-busy" or "cluster-changed" or "cluster-unavailable" or "gitlab-unavailable";
}
