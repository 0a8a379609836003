using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Gates;

/// <summary>One look that was taken: its comparison at the confidence that its share of the error leaves.</summary>
/// <param name="Number">From 1.</param>
/// <param name="On">The day after the last one that it judged.</param>
/// <param name="Information">What it rested on, in units of what the policy's power asks of one look (<see cref="SampleFacts.Reached"/>).</param>
/// <param name="Verdict">Wait: neither shown nor refuted, and another look follows.</param>
public sealed record LookDecision(int Number, DateOnly On, double Information, double Confidence, Comparison Comparison, GateVerdict Verdict);

/// <summary>
/// The looks of a step so far, up to the one that decided. Each judges whole days that never change again, so it comes out the
/// same whenever it is computed. The error is spent as Lan and DeMets do (O'Brien-Fleming type; statistics.md A.7, C), by the
/// information of a look against that of the last, which is as many times what the policy's power asks as there are looks. A look
/// waits, by whole weeks, until its sample is enough and its information has come, and half a year at most: that depends on how exact
/// the comparison is and hardly on what it says, which leaves the error as it is (maximum information design; Mehta and Tsiatis, Drug
/// Information Journal 2001; Jennison and Turnbull 2000, chapter 11).
/// </summary>
/// <param name="Ahead">The earliest days of the looks that are still to come; none once decided.</param>
public sealed record LookDecisions(IReadOnlyList<LookDecision> Taken, IReadOnlyList<DateOnly> Ahead)
{
    // Below a tenth of the last look's information next to nothing is spent: it could not pass.
    private const double LeastSpent = 0.1;

    // A look that adds less is none.
    private const double LeastGrowth = 1.01;

    private const int Week = 7;

    public LookDecision? Last => Taken.Count == 0 ? null : Taken[^1];

    /// <summary>Information that the next look asks for, in units of what the policy's power asks.</summary>
    public double Wanted(GatePolicy policy) => Wanted(policy, Taken);

    public static LookDecisions Of(GateFacts facts, GatePolicy policy, LookPlan plan, bool all)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(plan);
        var today = DateOnly.FromDateTime(facts.At.UtcDateTime);
        var (taken, sums) = (new List<LookDecision>(), new SharedSums(facts, policy, plan.EvidenceFrom));
        while (taken is not [.., { Verdict: not GateVerdict.Wait }])
        {
            var (on, information) = (Earliest(plan, policy, taken), (double?)null);
            while (on <= today && (information = InformationOn(on)) is null) on = WeekLater(on, plan.End);
            if (on > today) return new LookDecisions(taken, [on, .. plan.Looks.Skip(taken.Count + 1).Select((look, more) => Later(look, on.AddDays((more + 1) * policy.BakeDays)))]);
            taken.Add(Take(facts, policy, plan, all, taken, on, information!.Value));
        }

        return new LookDecisions(taken, []);

        // Null: it waits.
        double? InformationOn(DateOnly on)
        {
            var (kubernetes, docker) = sums.Until(on, all);
            var (wanted, isEnd) = (Wanted(policy, taken), on >= plan.End);
            if (!isEnd && !(SampleFacts.HeldBy(kubernetes, docker, policy, all) >= Math.Max(1, wanted))) return null;
            if (SampleFacts.Of(facts, policy, plan.EvidenceFrom, on, all) is not { Days: >= NoWorseGate.LeastDays } sample) return null;
            if (isEnd) return Math.Max(sample.Reached, taken is [.., var last] ? last.Information * LeastGrowth : double.Epsilon);
            return sample.IsEnough && sample.Reached >= wanted && Confidence(Shares(policy, taken, sample.Reached, isEnd), policy) is not null ? sample.Reached : null;
        }
    }

    private static DateOnly Earliest(LookPlan plan, GatePolicy policy, List<LookDecision> taken)
    {
        var planned = plan.Looks[taken.Count];
        return taken is [.., var last] ? Later(planned, last.On.AddDays(policy.BakeDays)) : planned;
    }

    // The first comes with little, because what is plain needs no more; the others share out the rest.
    private static double Wanted(GatePolicy policy, IReadOnlyList<LookDecision> taken) => taken is [.., var last]
        ? Math.Max((double)policy.Looks * taken.Count / (policy.Looks - 1), last.Information * LeastGrowth)
        : policy.Looks == 1 ? 1 : LeastSpent * policy.Looks;

    private static LookDecision Take(GateFacts facts, GatePolicy policy, LookPlan plan, bool all, List<LookDecision> taken, DateOnly on, double information)
    {
        var looks = Shares(policy, taken, information, on >= plan.End);
        var confidence = Confidence(looks, policy) ?? throw new InvalidOperationException($"Look {looks.Length} rests on too little for any decision.");
        var seen = Comparisons.Of(facts, policy, plan.EvidenceFrom, on, all, confidence);
        return new LookDecision(looks.Length, on, information, confidence, seen, VerdictOf(seen, isLast: looks[^1].Spent == 1));
    }

    private static PlannedLook[] Shares(GatePolicy policy, List<LookDecision> taken, double information, bool isEnd) =>
        [.. taken.Select(one => new PlannedLook(one.Information / policy.Looks, one.Information)), new PlannedLook(isEnd ? 1 : Math.Min(1, information / policy.Looks), information)];

    // Null where so little is spent that nothing could pass.
    private static double? Confidence(PlannedLook[] looks, GatePolicy policy) => SpendingBounds.Confidence(looks, policy.Alpha);

    // Before the last look only what is worse by more than the margin is refuted: somewhat worse may still be shown to be within it,
    // and what harms meanwhile is the fast roll back's affair.
    private static GateVerdict VerdictOf(Comparison seen, bool isLast) =>
        seen.Upper < seen.Margin ? GateVerdict.Pass : seen.Lower > seen.Margin || isLast ? GateVerdict.Fail : GateVerdict.Wait;

    // Not past the end without a look at it.
    private static DateOnly WeekLater(DateOnly on, DateOnly end) => on < end && on.AddDays(Week) > end ? end : on.AddDays(Week);

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
