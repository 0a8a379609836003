using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Gates;

/// <summary>What the difference chart and the evidence table of one comparing gate show.</summary>
/// <param name="Curve">As it would have been read after each day.</param>
/// <param name="Looks">Those so far, and when the next one may come.</param>
/// <param name="Now">The comparison of all days so far; no decision.</param>
/// <param name="Projects">How many projects it compares with themselves.</param>
public sealed record DifferenceShown(
    InstanceId Instance, GateFacts Facts, double Margin, bool All, LookPlan? Plan, IReadOnlyList<DifferencePoint> Curve, LookDecisions? Looks, Comparison? Now, long Projects)
{
    /// <summary>Strata, each a project or one of its tag sets, that move the difference most.</summary>
    public IReadOnlyList<WeighedStratum> Heaviest => Now?.Weightiest ?? [];

    internal static DifferenceShown Of(GatesShown shown, NoWorseGate gate)
    {
        var (facts, policy, all) = (shown.Facts, shown.Policy, gate.CountsAll);
        var (plan, today) = (LookPlan.Of(facts.Step, policy), DateOnly.FromDateTime(facts.At.UtcDateTime));
        return new DifferenceShown(
            shown.Evaluation.Instance, facts, policy.MarginOf(all), all, plan, DifferenceCurve.Of(facts, policy, all), plan is null ? null : LookDecisions.Of(facts, policy, plan, all),
            plan is null ? null : Comparisons.Of(facts, policy, plan.EvidenceFrom, today, all, Comparisons.Confidence(policy)),
            plan is null ? 0 : SampleFacts.Of(facts, policy, plan.EvidenceFrom, today, all)?.Projects ?? 0);
    }
}
