using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Promotion;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters.Rollout;

/// <summary>Where the revisions of one configuration are, as the pages show it.</summary>
/// <param name="Revisions">Newest first.</param>
/// <param name="Clusters">QA first, then production, by name.</param>
/// <param name="Verifications">Newest first.</param>
/// <param name="Promotions">Newest first.</param>
public sealed record RolloutState(IReadOnlyList<ConfigRevision> Revisions, IReadOnlyList<RolloutPlace> Clusters, IReadOnlyList<Verification> Verifications, IReadOnlyList<Promotion> Promotions)
{
    /// <summary>The newest verification of a revision that ended with a verdict.</summary>
    public Verification? Judged(int revision) => Verifications.FirstOrDefault(one => one.Revision == revision && one.HasVerdict);

    public bool IsVerified(int revision) => Judged(revision) is { Proves: true };

    public IEnumerable<RolloutPlace> Of(bool isQa) => Clusters.Where(one => one.IsQa == isQa);

    /// <summary>How far a revision is: draft, applied on QA, verified, in production.</summary>
    public (VerdictKind Kind, string Word) How(int revision)
    {
        var (production, all) = (Of(isQa: false).Count(one => one.Runs == revision), Of(isQa: false).Count());
        if (production > 0) return (VerdictKind.Pass, all == 1 ? "in production" : $"in production, {production} of {all}");
        return Judged(revision) switch
        {
            { Proves: true } => (VerdictKind.Pass, "verified"),
            { State: VerificationState.Failed } => (VerdictKind.Fail, "not verified"),
            { } judged => (VerdictKind.Attention, judged.State == VerificationState.Passed ? "not verified" : "not all is known"),
            null when Verifications.Any(one => one.Revision == revision && one.IsActive) => (VerdictKind.Wait, "being verified"),
            null when Of(isQa: true).Any(one => one.Runs == revision) => (VerdictKind.Wait, "applied on QA"),
            null => (VerdictKind.Unknown, "draft"),
        };
    }
}

/// <summary>One cluster and what of the configuration is in it.</summary>
/// <param name="Newest">That was not rolled back; null: nothing of it was applied there.</param>
/// <param name="Drift">The last look; null: none yet.</param>
public sealed record RolloutPlace(Cluster Cluster, bool IsQa, Application? Newest, DriftRecord? Drift)
{
    /// <summary>The revision that was seen healthy there; null: none, or none now.</summary>
    public int? Runs => Newest is { State: ApplicationState.Healthy } healthy ? healthy.Revision : null;
}
