using MigrationPortal.Domain.Clusters.Promotion;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters.Rollout;

/// <summary>States of verifying and promoting as icon, colour and word.</summary>
internal static class RolloutLook
{
    public static (VerdictKind Kind, string Word) Of(VerificationState state) => state switch
    {
        VerificationState.Preparing => (VerdictKind.Wait, "is made in GitLab"),
        VerificationState.Running => (VerdictKind.Wait, "running"),
        VerificationState.Passed => (VerdictKind.Pass, "passed"),
        VerificationState.Failed => (VerdictKind.Fail, "failed"),
        VerificationState.Inconclusive => (VerdictKind.Attention, "not all is known"),
        VerificationState.Cancelled => (VerdictKind.Unknown, "stopped"),
        _ => (VerdictKind.Fail, "did not come about"),
    };

    public static (VerdictKind Kind, string Word) Of(CheckState state) => state switch
    {
        CheckState.Passed => (VerdictKind.Pass, "passed"),
        CheckState.Failed => (VerdictKind.Fail, "failed"),
        _ => (VerdictKind.Unknown, "not known"),
    };

    public static (VerdictKind Kind, string Word) Of(PromotionState state) => state switch
    {
        PromotionState.Running => (VerdictKind.Wait, "running"),
        PromotionState.Succeeded => (VerdictKind.Pass, "done"),
        PromotionState.Halted => (VerdictKind.Fail, "halted"),
        PromotionState.Stopped => (VerdictKind.Attention, "stopped"),
        PromotionState.RollingBack => (VerdictKind.Attention, "rolling back"),
        PromotionState.NotReturned => (VerdictKind.Fail, "did not come back"),
        _ => (VerdictKind.Unknown, "rolled back"),
    };

    public static (VerdictKind Kind, string Word) Of(StageState state) => state switch
    {
        StageState.Pending => (VerdictKind.Unknown, "not begun"),
        StageState.Applying => (VerdictKind.Wait, "applying"),
        StageState.Baking => (VerdictKind.Wait, "watched"),
        StageState.Done => (VerdictKind.Pass, "done"),
        StageState.Failed => (VerdictKind.Fail, "not well"),
        StageState.RollingBack => (VerdictKind.Attention, "going back"),
        StageState.NotReturned => (VerdictKind.Fail, "did not come back"),
        _ => (VerdictKind.Unknown, "back"),
    };
}
