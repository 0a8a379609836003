namespace MigrationPortal.Domain.Clusters.Promotion;

/// <summary>From which state promotions and their stages may go to which.</summary>
public static class PromotionTransitions
{
    private static readonly Dictionary<PromotionState, PromotionState[]> Whole = new()
    {
        [PromotionState.Running] = [PromotionState.Succeeded, PromotionState.Halted, PromotionState.Stopped, PromotionState.RollingBack],
        // A good one is also taken back, as long as nothing came after it.
        [PromotionState.Succeeded] = [PromotionState.RollingBack],
        [PromotionState.Halted] = [PromotionState.RollingBack],
        [PromotionState.Stopped] = [PromotionState.RollingBack],
        [PromotionState.RollingBack] = [PromotionState.RolledBack, PromotionState.NotReturned],
        [PromotionState.NotReturned] = [PromotionState.RollingBack],
        [PromotionState.RolledBack] = [],
    };

    private static readonly Dictionary<StageState, StageState[]> Single = new()
    {
        [StageState.Pending] = [StageState.Applying],
        [StageState.Applying] = [StageState.Baking, StageState.Failed, StageState.RollingBack],
        [StageState.Baking] = [StageState.Done, StageState.Failed, StageState.RollingBack],
        // Looked at again before the next cluster begins.
        [StageState.Done] = [StageState.Failed, StageState.RollingBack],
        [StageState.Failed] = [StageState.RollingBack],
        [StageState.RollingBack] = [StageState.RolledBack, StageState.NotReturned],
        [StageState.NotReturned] = [StageState.RollingBack],
        [StageState.RolledBack] = [],
    };

    public static bool May(PromotionState before, PromotionState after) => Whole[before].Contains(after);

    public static bool May(StageState before, StageState after) => Single[before].Contains(after);
}
