using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Gates;

/// <summary>One look that was taken: its comparison at the confidence that its share of the error leaves.</summary>
/// <param name="Number">From 1.</param>
/// <param name="On">The day after the last one that it judged.</param>
/// <param name="Verdict">Wait: neither shown nor refuted, and another look follows.</param>
public sealed record LookDecision(int Number, DateOnly On, double Confidence, Comparison Comparison, GateVerdict Verdict);

/// <summary>
/// The looks of a step so far, up to the one that decided. Each judges whole days that never change again, so it comes out the
/// same whenever it is computed. The error is spent as Lan and DeMets do (O'Brien-Fleming type; statistics.md A.7, C). A look is
/// not spent on too few jobs: it waits, whole weeks, until the sample could show it, the second until there is twice as much, the
/// third three times. When depends on how exact the comparison is and not on what it says, which leaves the error as it is
/// (information-based monitoring; Mehta and Tsiatis, Drug Information Journal 2001; Jennison and Turnbull 2000, chapter 11).
/// </summary>
/// <param name="Ahead">The earliest days of the looks that are still to come; none once decided.</param>
public sealed record LookDecisions(IReadOnlyList<LookDecision> Taken, IReadOnlyList<DateOnly> Ahead)
{
    private const int Week = 7;

    /// <summary>Number of the next look, from 1: how many times the information of one look it asks for.</summary>
    public int NextNumber => Taken.Count + 1;

    public LookDecision? Last => Taken.Count == 0 ? null : Taken[^1];

    public static LookDecisions Of(GateFacts facts, GatePolicy policy, LookPlan plan, bool all)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(plan);
        var today = DateOnly.FromDateTime(facts.At.UtcDateTime);
        var (taken, sums) = (new List<LookDecision>(), new SharedSums(facts, policy, plan.EvidenceFrom));
        while (taken is not [.., { Verdict: not GateVerdict.Wait }])
        {
            var on = Earliest(plan, policy, taken);
            while (on <= today && !IsEnough(on)) on = on.AddDays(Week);
            if (on > today) return new LookDecisions(taken, [on, .. plan.Looks.Skip(taken.Count + 1).Select((look, more) => Later(look, on.AddDays((more + 1) * policy.BakeDays)))]);
            taken.Add(Take(facts, policy, plan, all, taken, on));
        }

        return new LookDecisions(taken, []);

        bool IsEnough(DateOnly on)
        {
            var (kubernetes, docker) = sums.Until(on, all);
            return SampleFacts.Held(kubernetes, docker, policy, all) >= taken.Count + 1 && SampleFacts.Of(facts, policy, plan.EvidenceFrom, on, all)?.IsEnoughFor(taken.Count + 1) == true;
        }
    }

    private static DateOnly Earliest(LookPlan plan, GatePolicy policy, List<LookDecision> taken)
    {
        var planned = plan.Looks[taken.Count];
        return taken is [.., var last] ? Later(planned, last.On.AddDays(policy.BakeDays)) : planned;
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static LookDecision Take(GateFacts facts, GatePolicy policy, LookPlan plan, bool all, List<LookDecision> taken, DateOnly on)
    {
        var confidence = plan.Confidence([.. taken.Select(one => one.On), on], policy.Alpha);
        var seen = Comparisons.Of(facts, policy, plan.EvidenceFrom, on, all, confidence);
        return new LookDecision(taken.Count + 1, on, confidence, seen, VerdictOf(seen, taken.Count + 1 == plan.Looks.Count));
    }

    private static GateVerdict VerdictOf(Comparison seen, bool isLast)
    {
        // Days are the unit of incidents: without enough of them the bound is not known.
        if (seen is not { Upper: { } upper, Lower: { } lower, ByDay.Blocks: >= NoWorseGate.LeastDays }) return isLast ? GateVerdict.Unknown : GateVerdict.Wait;
        if (upper < seen.Margin) return GateVerdict.Pass;
        return lower > 0 || isLast ? GateVerdict.Fail : GateVerdict.Wait;
    }
}
