using MigrationPortal.Domain.Clusters.Promotion;

namespace MigrationPortal.Web.Clusters.Rollout;

/// <summary>How a revision fares on its way through production.</summary>
/// <param name="State">running, succeeded, halted (a cluster was not well and goes back), stopped, rollingBack, rolledBack or notReturned (somebody has to look).</param>
/// <param name="Message">Why it halted, stopped or goes back.</param>
/// <param name="Verification">That proved the revision when it began; null: somebody vouched for it.</param>
/// <param name="Active">Something is still done for it.</param>
public sealed record PromotionView(
    long Id, int Revision, PromotionState State, bool Active, string? Message, long? Verification, UnverifiedView? OverrideUnverified, long BakeSeconds, IReadOnlyList<PromotionStageView> Stages, string AskedBy, DateTimeOffset AskedAt, DateTimeOffset Since)
{
    internal static PromotionView Of(Promotion one) => new(
        one.Id, one.Revision, one.State, one.IsActive, one.Said, one.Verification, UnverifiedView.Of(one.Override), (long)one.Bake.TotalSeconds, [.. one.Stages.Select(PromotionStageView.Of)], one.AskedBy.ToString(), one.AskedAt, one.Since);
}

/// <param name="State">pending, applying, baking, done, failed, rollingBack, rolledBack or notReturned.</param>
/// <param name="Before">The revision that ran there when its turn came; null: none.</param>
/// <param name="Application">That brought it there; null: none of the portal's, or not begun.</param>
/// <param name="BakedAt">When the bake time ends; null until it has begun.</param>
/// <param name="FailedBefore">Failed jobs of the cluster in the day before its turn, of <paramref name="FinishedBefore"/>.</param>
/// <param name="Message">What was last seen, or why it failed.</param>
public sealed record PromotionStageView(long Cluster, StageState State, int? Before, long? Application, DateTimeOffset Since, DateTimeOffset? BakedAt, long FailedBefore, long FinishedBefore, string? Message)
{
    internal static PromotionStageView Of(PromotionStage one) => new(one.Cluster, one.State, one.Before, one.Application, one.Since, one.BakedAt, one.FailedBefore.Failed, one.FailedBefore.Finished, one.Said);
}
