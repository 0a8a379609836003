namespace MigrationPortal.Domain.Gates;

/// <summary>What the next look of a step waits for besides its day, of one measure.</summary>
/// <param name="On">The earliest day on which it may come.</param>
/// <param name="Sample">What there is today; null while nothing can be compared.</param>
/// <param name="Needed">Kubernetes jobs that it asks for, about and at the present split; null when no number would do.</param>
/// <param name="Part">Of the jobs, the information and the days that it asks for, the part that is there of what lacks most: in [0, 1].</param>
/// <param name="IsEnough">Whether it would be taken, were today its day.</param>
public sealed record LookAhead(DateOnly On, SampleFacts? Sample, long? Needed, double Part, bool IsEnough)
{
    /// <summary>How many more Kubernetes jobs that is; null when it is none, or when no number would do.</summary>
    public long? More => Needed - Sample?.Kubernetes.Finished is > 0 and var more ? more : null;

    /// <param name="all">Of all failures instead of those of infrastructure.</param>
    /// <returns>Null once it is decided.</returns>
    public static LookAhead? Of(GateFacts facts, GatePolicy policy, LookPlan plan, bool all)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(plan);
        var (evidence, today) = (new Evidence(facts, policy, plan.EvidenceFrom, all), DateOnly.FromDateTime(facts.At.UtcDateTime));
        var decisions = LookDecisions.Of(evidence, policy, plan, today);
        return decisions.Ahead.Count == 0 ? null : Of(evidence.Before(today), policy, plan, decisions);
    }

    /// <param name="seen">Up to today.</param>
    internal static LookAhead Of(Evidence seen, GatePolicy policy, LookPlan plan, LookDecisions decisions)
    {
        var on = decisions.Ahead[0];
        if (SampleFacts.Of(seen, policy) is not { } sample) return new LookAhead(on, null, null, 0, false);
        var wanted = decisions.Wanted(policy);
        var needed = sample.NeededFor(wanted);
        // The first look asks for less than a whole sample's information, but for a whole sample of jobs.
        if (decisions.Last is null && sample.Needed > needed) needed = sample.Needed;
        var isEnough = decisions.Suffices(seen, policy, plan);
        var part = Math.Min(sample.Held / Math.Max(1, wanted), Math.Min(sample.Reached / wanted, (double)sample.Days / NoWorseGate.LeastDays));
        return new LookAhead(on, sample, needed, isEnough ? 1 : Math.Min(1, part), isEnough);
    }
}
