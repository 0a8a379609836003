using System.Globalization;
using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Gates;

/// <summary>
/// The comparison of both executors inside each stratum, from the facts of a step. While projects opt in, their jobs change
/// their tags, so a stratum is a project. In the takeover only untagged jobs move and a project's tagged ones, which may fail
/// more or less, stay on docker: there a stratum is a project's tag set (statistics.md A.4, project × job class).
/// </summary>
public static class Comparisons
{
    /// <param name="until">The day after the last one that counts.</param>
    /// <param name="all">All failures instead of those of infrastructure.</param>
    /// <param name="confidence">Two-sided.</param>
    public static Comparison Of(GateFacts facts, GatePolicy policy, DateOnly from, DateOnly until, bool all, double confidence)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        return Comparison.Of(Cells(facts, policy, from, until, all), policy.MarginOf(all), confidence);
    }

    /// <summary>What both executors finished by stratum and day, without the exempted projects.</summary>
    internal static IReadOnlyList<ComparisonCell> Cells(GateFacts facts, GatePolicy policy, DateOnly from, DateOnly until, bool all)
    {
        // Where projects were moved by choice or by a coin, one project may fail as a block, as a day may (statistics.md C).
        var byProject = facts.Step.Stage == GateStage.Cohort;
        return
        [
            .. Counted(facts, policy, from, until)
                .Select(arm => (Arm: arm, Stratum: Stratum(facts.Step.Stage, arm)))
                .Select(one => new ComparisonCell(one.Stratum, one.Arm.Day, one.Arm.Kubernetes.Rate(all), one.Arm.Docker.Rate(all), byProject ? one.Stratum : null)),
        ];
    }

    /// <summary>The days that count, without the exempted projects; reasons that never came are of infrastructure.</summary>
    internal static IEnumerable<ArmDay> Counted(GateFacts facts, GatePolicy policy, DateOnly from, DateOnly until)
    {
        var unread = new UnreadReasons(facts);
        return Judged(facts, policy, from, until).Select(unread.Settled);
    }

    /// <summary>The same days as they were read.</summary>
    internal static IEnumerable<ArmDay> Judged(GateFacts facts, GatePolicy policy, DateOnly from, DateOnly until)
    {
        var exempted = policy.Exempted.ToHashSet();
        return facts.Arms.Where(arm => arm.Day >= from && arm.Day < until && !exempted.Contains(arm.Project));
    }

    /// <summary>Two-sided confidence that spends a policy's error when a step is looked at once.</summary>
    public static double Confidence(GatePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return 1 - 2 * policy.Alpha;
    }

    /// <summary>Begins with the project's number; <see cref="ProjectOf"/> finds it again.</summary>
    public static string Stratum(GateStage stage, ArmDay arm)
    {
        ArgumentNullException.ThrowIfNull(arm);
        return stage == GateStage.Cohort ? arm.Project.ToString(CultureInfo.InvariantCulture) : arm.Class;
    }

    public static long ProjectOf(string stratum)
    {
        ArgumentNullException.ThrowIfNull(stratum);
        return long.Parse(stratum.Split('|')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>What both executors finished in each stratum that both ran, from a day on and without the exempted projects.</summary>
    internal static IEnumerable<(long Project, ArmCounts Kubernetes, ArmCounts Docker)> Shared(GateFacts facts, GatePolicy policy, DateOnly from) =>
        Shared(facts.Step.Stage, Counted(facts, policy, from, DateOnly.MaxValue));

    /// <summary>The same of any arms.</summary>
    internal static IEnumerable<(long Project, ArmCounts Kubernetes, ArmCounts Docker)> Shared(GateStage stage, IEnumerable<ArmDay> arms) =>
        arms.GroupBy(arm => Stratum(stage, arm))
            .Select(stratum => stratum.Aggregate((ProjectOf(stratum.Key), K: default(ArmCounts), D: default(ArmCounts)), (sum, day) => (sum.Item1, sum.K + day.Kubernetes, sum.D + day.Docker)))
            .Where(stratum => stratum.K.Finished > 0 && stratum.D.Finished > 0);
}
