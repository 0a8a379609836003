namespace MigrationPortal.Domain.Gates;

/// <summary>The difference Kubernetes − docker as it would have been read after each day of the evidence so far: for the chart, no decision.</summary>
public static class DifferenceCurve
{
    /// <returns>One point a day, the day after the last one that it judges; days that compare nothing are left out.</returns>
    public static IReadOnlyList<DifferencePoint> Of(GateFacts facts, GatePolicy policy, bool all)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        if (LookPlan.Of(facts.Step, policy) is not { } plan) return [];
        var today = DateOnly.FromDateTime(facts.At.UtcDateTime);
        var points = new List<DifferencePoint>();
        for (var until = plan.EvidenceFrom.AddDays(2); until <= today; until = until.AddDays(1))
            if (Comparisons.Of(facts, policy, plan.EvidenceFrom, until, all, Comparisons.Confidence(policy)) is { Difference.RiskDifference: var difference, Lower: { } lower, Upper: { } upper })
                points.Add(new DifferencePoint(until, difference, lower, upper));
        return points;
    }
}

/// <summary>Fractions: 0.0025 is a quarter of a percentage point.</summary>
public sealed record DifferencePoint(DateOnly Until, double Difference, double Lower, double Upper);
