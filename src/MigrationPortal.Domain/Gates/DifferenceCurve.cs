namespace MigrationPortal.Domain.Gates;

/// <summary>The difference Kubernetes − docker as it would have been read on days of the evidence so far: for the chart, no decision.</summary>
public static class DifferenceCurve
{
    /// <summary>As many as a chart can show apart.</summary>
    public const int MostPoints = 90;

    private const int Week = 7;

    /// <returns>One point a day, the day after the last one that it judges; every so many weeks before today where those were too many. Days that compare nothing are left out.</returns>
    public static IReadOnlyList<DifferencePoint> Of(GateFacts facts, GatePolicy policy, bool all)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        if (LookPlan.Of(facts.Step, policy) is not { } plan) return [];
        var (evidence, points) = (new Evidence(facts, policy, plan.EvidenceFrom, all), new List<DifferencePoint>());
        foreach (var until in Days(plan.EvidenceFrom.AddDays(2), DateOnly.FromDateTime(facts.At.UtcDateTime)))
            if (evidence.Before(until).Compare(Comparisons.Confidence(policy)) is { Difference.RiskDifference: var difference, Lower: { } lower, Upper: { } upper })
                points.Add(new DifferencePoint(until, difference, lower, upper));
        return points;
    }

    private static IEnumerable<DateOnly> Days(DateOnly first, DateOnly today)
    {
        var days = today.DayNumber - first.DayNumber + 1;
        var step = days <= MostPoints ? 1 : (int)Math.Ceiling((double)days / Week / MostPoints) * Week;
        for (var until = today.AddDays(-(days - 1) / step * step); until <= today; until = until.AddDays(step)) yield return until;
    }
}

/// <summary>Fractions: 0.0025 is a quarter of a percentage point.</summary>
public sealed record DifferencePoint(DateOnly Until, double Difference, double Lower, double Upper);
