using MigrationPortal.Domain.Gates;

namespace MigrationPortal.Web.Gates;

/// <summary>What a step still waits for until it can be decided.</summary>
/// <param name="Plan">Null before the migration's first step.</param>
/// <param name="Days">Whole ones of evidence so far.</param>
/// <param name="All">Whether <paramref name="Ahead"/> is of all failures instead of those of infrastructure.</param>
/// <param name="Ahead">The next look of the measure that lacks more; null once both are decided.</param>
/// <param name="Sample">What there is; null while nothing can be compared.</param>
public sealed record UntilDecided(LookPlan? Plan, int Days, double LeastCoverage, bool All, LookAhead? Ahead, SampleFacts? Sample)
{
    public static UntilDecided Of(GateFacts facts, GatePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        if (LookPlan.Of(facts.Step, policy) is not { } plan) return new UntilDecided(null, 0, policy.LeastCoverage, false, null, null);
        var today = DateOnly.FromDateTime(facts.At.UtcDateTime);
        (bool All, LookAhead? Ahead)[] both = [(false, LookAhead.Of(facts, policy, plan, all: false)), (true, LookAhead.Of(facts, policy, plan, all: true))];
        var (all, ahead) = both.OrderBy(one => one.Ahead is null).ThenBy(one => one.Ahead?.IsEnough).ThenBy(one => one.Ahead?.Part).First();
        return new UntilDecided(
            plan, Math.Max(0, today.DayNumber - plan.EvidenceFrom.DayNumber), policy.LeastCoverage, all, ahead, ahead is null ? SampleFacts.Of(facts, policy, plan) : ahead.Sample);
    }
}
