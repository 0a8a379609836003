using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Gates;

/// <summary>One planned look that has come: its comparison at the confidence that its share of the error leaves.</summary>
/// <param name="Number">From 1.</param>
/// <param name="On">The day after the last one that it judged.</param>
/// <param name="Verdict">Wait: neither shown nor refuted, and another look follows.</param>
public sealed record LookDecision(int Number, DateOnly On, double Confidence, Comparison Comparison, GateVerdict Verdict);

/// <summary>
/// The looks of a step so far, up to the one that decided. Each judges whole days that never change again, so it comes out the
/// same whenever it is computed. The error is spent as Lan and DeMets do (O'Brien-Fleming type; statistics.md A.7, C).
/// </summary>
public static class LookDecisions
{
    public static IReadOnlyList<LookDecision> Of(GateFacts facts, GatePolicy policy, LookPlan plan, bool all)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(plan);
        var today = DateOnly.FromDateTime(facts.At.UtcDateTime);
        var decisions = new List<LookDecision>();
        foreach (var on in plan.Looks.TakeWhile(look => look <= today))
        {
            var number = decisions.Count + 1;
            var confidence = plan.Confidence(number, policy.Alpha);
            var seen = Comparisons.Of(facts, policy, plan.EvidenceFrom, on, all, confidence);
            decisions.Add(new LookDecision(number, on, confidence, seen, VerdictOf(seen, number == plan.Looks.Count)));
            if (decisions[^1].Verdict != GateVerdict.Wait) break;
        }

        return decisions;
    }

    private static GateVerdict VerdictOf(Comparison seen, bool isLast)
    {
        // Days are the unit of incidents: without enough of them the bound is not known.
        if (seen is not { Upper: { } upper, Lower: { } lower, ByDay.Blocks: >= NoWorseGate.LeastDays }) return isLast ? GateVerdict.Unknown : GateVerdict.Wait;
        if (upper < seen.Margin) return GateVerdict.Pass;
        return lower > 0 || isLast ? GateVerdict.Fail : GateVerdict.Wait;
    }
}
