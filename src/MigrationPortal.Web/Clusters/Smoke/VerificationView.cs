using MigrationPortal.Domain.Clusters.Smoke;

namespace MigrationPortal.Web.Clusters.Smoke;

/// <summary>How a revision fared on QA.</summary>
/// <param name="Application">Of the revision in the cluster, that it runs against; null: of a time when nobody asked for one, and it proves nothing.</param>
/// <param name="State">preparing, running, passed, failed, inconclusive (none failed, and not all are known), cancelled or broken (it did not come about).</param>
/// <param name="BranchState">unmade, there, gone, or takenOver: somebody has written on it, and it stays.</param>
/// <param name="PipelineUrl">Of the smoke jobs; null until GitLab has made it.</param>
/// <param name="Checks">As far as they are known.</param>
/// <param name="Reason">Why it was stopped or did not come about.</param>
public sealed record VerificationView(
    long Id, int Revision, long Cluster, string Instance, long Project, long? Application, string Tag, VerificationState State, string Branch, VerificationBranch BranchState, string? PipelineUrl, string? ProbeUrl,
    IReadOnlyList<CheckResult> Checks, string? Reason, DateTimeOffset AskedAt, DateTimeOffset Since, DateTimeOffset Deadline)
{
    internal static VerificationView Of(Verification one) => new(
        one.Id, one.Revision, one.Cluster, one.Instance.Name, one.Project.Number, one.Application, one.Choice.Tag, one.State, one.Branch, one.BranchState, one.Pipeline?.Address, one.ProbePipeline?.Address, one.Checks, one.Reason, one.AskedAt, one.Since, one.Deadline);
}
