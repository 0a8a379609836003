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
        return new Evidence(facts, policy, from, all).Before(until).Compare(confidence);
    }

    /// <summary>The days that count, without the exempted projects; reasons that never came are of infrastructure.</summary>
    internal static IEnumerable<ArmDay> Counted(GateFacts facts, GatePolicy policy, DateOnly from, DateOnly until)
    {
        var unread = new UnreadReasons(facts);
        foreach (var arm in Judged(facts, policy, from, until)) yield return unread.Settled(arm);
    }

    /// <summary>The same days as they were read.</summary>
    internal static IEnumerable<ArmDay> Judged(GateFacts facts, GatePolicy policy, DateOnly from, DateOnly until)
    {
        var exempted = policy.Exempted.ToHashSet();
        foreach (var arm in facts.Arms)
            if (arm.Day >= from && arm.Day < until && !exempted.Contains(arm.Project)) yield return arm;
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
}
