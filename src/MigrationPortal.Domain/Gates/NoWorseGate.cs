namespace MigrationPortal.Domain.Gates;

/// <summary>
/// Non-inferiority: Kubernetes fails at most by the margin more often than docker, compared inside each project (statistics.md
/// A.4, A.5, A.8, C.3 and C.4). Judged for infrastructure failures and for all, because raw reasons are not reliable on Kubernetes.
/// </summary>
public sealed class NoWorseGate(bool all) : Gate
{
    /// <summary>A jackknife of fewer days says little (statistics.md A.8).</summary>
    public const int LeastDays = 7;

    /// <summary>Of the margin: so much may be hidden by failures on Kubernetes whose reasons are not read, and no more.</summary>
    public const double MostHidden = 0.1;

    /// <summary>All failures instead of those of infrastructure.</summary>
    public bool CountsAll => all;

    public override string Key => all ? "no-worse-all" : "no-worse";

    public override string Title => all ? "No worse than docker, all failures" : "No worse than docker";

    public override bool Judges(GateStage stage) => stage.Compares();

    public override GateReading Read(GateFacts facts, GatePolicy policy)
    {
        if (LookPlan.Of(facts.Step, policy) is not { } plan) return Says(GateVerdict.Unknown, "no step yet", "The migration has not begun, so nothing can be compared.");
        if (facts.CompleteSince > GateWords.Midnight(plan.EvidenceFrom))
            return Says(GateVerdict.Unknown, "not all read", $"The jobs since {GateWords.Day(plan.EvidenceFrom)} are not all read yet: what is there in part proves nothing.");
        var (missing, never, most) = all ? default : Unread(facts, policy, plan);
        if (missing > most)
            return Says(GateVerdict.Unknown, "reasons not read", $"The reasons of {GateWords.Count(missing)} failures on Kubernetes are still to be read: any of them may be one of infrastructure, which is too much beside the margin of {GateWords.Points(policy.Margin)}.");
        var (evidence, today) = (new Evidence(facts, policy, plan.EvidenceFrom, all), DateOnly.FromDateTime(facts.At.UtcDateTime));
        var decisions = LookDecisions.Of(evidence, policy, plan, today);
        var reading = decisions.Ahead.Count == 0 ? Decided(decisions.Last!, policy) : SoFar(facts, policy, plan, evidence.Before(today), decisions);
        if (never > most && reading.Verdict == GateVerdict.Pass && !PassesWithout(facts, policy, plan, today))
            return Says(GateVerdict.Unknown, "reasons not read", $"The reasons of {GateWords.Count(never)} failures have not come in {UnreadReasons.DaysToCome} days, and whether Kubernetes is no worse depends on them: it is when all of them count as infrastructure, and not shown when none does.");
        return never > most ? reading with { Sentence = $"{reading.Sentence} {GateWords.Count(never)} failures whose reasons never came count as failures of infrastructure." } : reading;
    }

    // Failures on Kubernetes whose reasons may still come, those on both executors whose never will, and how many may be hidden.
    private static (long Missing, long Never, double Most) Unread(GateFacts facts, GatePolicy policy, LookPlan plan)
    {
        if (facts.Collection.KubernetesReasonMissing is > 0 and var missing) return (missing, 0, Most(facts.Arms.Where(arm => arm.Day >= plan.EvidenceFrom)));
        var unread = new UnreadReasons(facts);
        var judged = Comparisons.Judged(facts, policy, plan.EvidenceFrom, DateOnly.MaxValue).ToList();
        return (judged.Where(arm => !unread.NeverCome(arm)).Sum(arm => arm.Kubernetes.Unread), judged.Where(unread.NeverCome).Sum(UnreadReasons.Of), Most(judged));

        double Most(IEnumerable<ArmDay> arms) => MostHidden * policy.Margin * arms.Sum(arm => arm.Kubernetes.Finished);
    }

    // Where docker has more of them, counting them makes docker look worse than it may be.
    private static bool PassesWithout(GateFacts facts, GatePolicy policy, LookPlan plan, DateOnly today)
    {
        var read = facts with { Arms = [.. facts.Arms.Select(arm => arm with { Kubernetes = arm.Kubernetes with { Unread = 0 }, Docker = arm.Docker with { Unread = 0 } })] };
        return LookDecisions.Of(new Evidence(read, policy, plan.EvidenceFrom, all: false), policy, plan, today).Last is { Verdict: GateVerdict.Pass };
    }

    private double Margin(GatePolicy policy) => policy.MarginOf(all);

    private string Failures => all ? "fails, for any reason," : "fails for reasons of infrastructure";

    private GateReading Decided(LookDecision one, GatePolicy policy)
    {
        var (seen, margin) = (one.Comparison, Margin(policy));
        var value = $"{GateWords.Signed(seen.Upper!.Value)}, margin {GateWords.Points(margin)} pp";
        var found = $"Kubernetes {Failures} {GateWords.Between(seen.Lower!.Value, seen.Upper.Value)}, and the margin is {GateWords.Points(margin)}";
        var at = $"Decided at look {one.Number} on {GateWords.Day(one.On)}";
        return one.Verdict switch
        {
            GateVerdict.Pass => Says(one.Verdict, value, $"{at}: {found}. It is no worse."),
            _ when seen.Lower > 0 => Says(one.Verdict, value, $"{at}: {found}. It is worse."),
            _ => Says(one.Verdict, value, $"Not shown by look {one.Number} on {GateWords.Day(one.On)}: {found}. Somebody has to decide, or the bake begins anew with the next change."),
        };
    }

    private GateReading SoFar(GateFacts facts, GatePolicy policy, LookPlan plan, Evidence seen, LookDecisions decisions)
    {
        var (margin, next) = (Margin(policy), LookAhead.Of(seen, policy, plan, decisions));
        var jobs = next.More;
        var until = next.Sample?.DaysOf(jobs) is { } days && DateOnly.FromDateTime((facts.At + TimeSpan.FromDays(days)).UtcDateTime) is var enough && enough > next.On ? enough : next.On;
        var wait = decisions.Last is { } last ? $"Not shown at look {last.Number}, which asks for more certainty than the last; next look on {GateWords.Day(until)}" : $"Not decided before {GateWords.Day(until)}";
        if (jobs is { } lacking) wait += $", with about {GateWords.Jobs(lacking)} more on Kubernetes";
        if (seen.Compare(Comparisons.Confidence(policy)) is not { Difference.RiskDifference: var difference, Upper: { } upper })
            return Says(GateVerdict.Unknown, "no comparison yet", $"{wait}. {GateWords.NothingCompared(seen.From, facts.At)}, so nothing can be compared yet.", until: GateWords.Midnight(until));
        return Says(
            GateVerdict.Wait, $"{GateWords.Signed(upper)}, margin {GateWords.Points(margin)} pp",
            $"{wait}. So far Kubernetes {Failures} {GateWords.MoreOrLess(difference)}, and the worst plausible case is {GateWords.MoreOrLess(upper)}, {(upper < margin ? "below" : "not below")} the margin of {GateWords.Points(margin)}.",
            jobs, GateWords.Midnight(until));
    }
}
