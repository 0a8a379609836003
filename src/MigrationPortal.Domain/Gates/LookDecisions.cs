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
/// same whenever it is computed, but for failures whose reasons come late (<see cref="UnreadReasons"/>). The error is spent as Lan and DeMets do (O'Brien-Fleming type; statistics.md A.7, C), by the
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
        return Of(new Evidence(facts, policy, plan.EvidenceFrom, all), policy, plan, DateOnly.FromDateTime(facts.At.UtcDateTime));
    }

    internal static LookDecisions Of(Evidence evidence, GatePolicy policy, LookPlan plan, DateOnly today)
    {
        var taken = new List<LookDecision>();
        while (taken is not [.., { Verdict: not GateVerdict.Wait }])
        {
            var (on, look) = (Earliest(plan, policy, taken), (LookDecision?)null);
            while (on <= today && (look = TryOn(evidence.Before(on), policy, plan, taken)) is null) on = WeekLater(on, plan.End);
            if (look is null) return new LookDecisions(taken, [on, .. plan.Looks.Skip(taken.Count + 1).Select((planned, more) => Later(planned, on.AddDays((more + 1) * policy.BakeDays)))]);
            taken.Add(look);
        }

        return new LookDecisions(taken, []);
    }

    /// <summary>Whether the next look would be taken on this evidence, were it the day for it.</summary>
    internal bool Suffices(Evidence seen, GatePolicy policy, LookPlan plan) => Basis(seen, policy, plan, Taken) is not null;

    private static LookDecision? TryOn(Evidence seen, GatePolicy policy, LookPlan plan, List<LookDecision> taken)
    {
        if (Basis(seen, policy, plan, taken) is not var (look, number, confidence)) return null;
        var compared = seen.Compare(confidence);
        return new LookDecision(number, seen.Until, look.Information, confidence, compared, VerdictOf(compared, isLast: look.Spent == 1));
    }

    // Null: it waits.
    private static (PlannedLook Look, int Number, double Confidence)? Basis(Evidence seen, GatePolicy policy, LookPlan plan, IReadOnlyList<LookDecision> taken)
    {
        var (wanted, isEnd) = (Wanted(policy, taken), seen.Until >= plan.End);
        if (!isEnd && !SampleFacts.MayBeEnough(seen, policy, wanted)) return null;
        if (SampleFacts.Of(seen, policy) is not { Days: >= NoWorseGate.LeastDays } sample) return null;
        if (!isEnd && !(sample.IsEnough && sample.Reached >= wanted)) return null;
        var information = isEnd ? Math.Max(sample.Reached, taken is [.., var last] ? last.Information * LeastGrowth : double.Epsilon) : sample.Reached;
        var looks = Shares(policy, taken, information, isEnd);
        // Null where so little is spent that nothing could pass.
        if (SpendingBounds.Confidence(looks, policy.Alpha) is { } confidence) return (looks[^1], looks.Length, confidence);
        return isEnd ? throw new InvalidOperationException($"Look {looks.Length} rests on too little for any decision.") : null;
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

    private static PlannedLook[] Shares(GatePolicy policy, IReadOnlyList<LookDecision> taken, double information, bool isEnd) =>
        [.. taken.Select(one => new PlannedLook(one.Information / policy.Looks, one.Information)), new PlannedLook(isEnd ? 1 : Math.Min(1, information / policy.Looks), information)];

    // Before the last look only what is worse by more than the margin is refuted: somewhat worse may still be shown to be within it,
    // and what harms meanwhile is the fast roll back's affair.
    private static GateVerdict VerdictOf(Comparison seen, bool isLast) =>
        seen.Upper < seen.Margin ? GateVerdict.Pass : seen.Lower > seen.Margin || isLast ? GateVerdict.Fail : GateVerdict.Wait;

    // Not past the end without a look at it.
    private static DateOnly WeekLater(DateOnly on, DateOnly end) => on < end && on.AddDays(Week) > end ? end : on.AddDays(Week);

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
