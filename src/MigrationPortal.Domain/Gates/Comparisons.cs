using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Gates;

/// <summary>The comparison of both executors inside each project, from the facts of a step.</summary>
public static class Comparisons
{
    /// <param name="until">The day after the last one that counts.</param>
    /// <param name="all">All failures instead of those of infrastructure.</param>
    /// <param name="confidence">Two-sided.</param>
    public static Comparison Of(GateFacts facts, GatePolicy policy, DateOnly from, DateOnly until, bool all, double confidence)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        var exempted = policy.Exempted.ToHashSet();
        // Where projects were moved by choice or by a coin, one project may fail as a block, as a day may (statistics.md C).
        var byProject = facts.Step.Stage == GateStage.Cohort;
        return Comparison.Of(
            [
                .. facts.Arms.Where(arm => arm.Day >= from && arm.Day < until && !exempted.Contains(arm.Project))
                    .Select(arm => new ComparisonCell(Stratum(arm.Project), arm.Day, arm.Kubernetes.Rate(all), arm.Docker.Rate(all), byProject ? Stratum(arm.Project) : null)),
            ],
            all ? policy.MarginAll : policy.Margin, confidence);
    }

    /// <summary>Two-sided confidence that spends a policy's error when a step is looked at once.</summary>
    public static double Confidence(GatePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return 1 - 2 * policy.Alpha;
    }

    private static string Stratum(long project) => project.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
