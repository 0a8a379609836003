using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Gates;

/// <summary>Infrastructure failures, Kubernetes − docker inside each project and tag set, over whole days.</summary>
/// <param name="StandardError">The larger one of Sato's and the day jackknife's: an incident day must not pass for a thousand single proofs.</param>
/// <param name="Jobs">Finished in compared strata, on both sides together.</param>
/// <param name="Failures">Of these, for reasons of infrastructure.</param>
/// <param name="Days">Since the present state was reached.</param>
public sealed record SequenceFacts(double Difference, double StandardError, long Jobs, long Failures, int Days)
{
    /// <summary>Docker's days before a step that <see cref="BeforeAfter"/> reads, and the most days after it.</summary>
    public const int Reach = 28;

    /// <summary>Fewer days of docker do not tell what was usual: a week has them all.</summary>
    public const int LeastBefore = 7;

    private const double Usual = 0.95;

    /// <param name="arms">Of the days since the present state was reached.</param>
    /// <returns>Null when no stratum finished jobs on both, or below two days.</returns>
    public static SequenceFacts? Of(IEnumerable<ArmDay> arms)
    {
        ArgumentNullException.ThrowIfNull(arms);
        ComparisonCell[] cells = [.. arms.Select(arm => new ComparisonCell(arm.Class, arm.Day, arm.Kubernetes.Rate(all: false), arm.Docker.Rate(all: false)))];
        var seen = Comparison.Of(cells, 0, Usual);
        if (seen is not { Difference: { } difference, ByDay: { } days }) return null;
        var compared = cells.GroupBy(cell => cell.Stratum).Where(stratum => stratum.Any(cell => cell.Kubernetes.Finished > 0) && stratum.Any(cell => cell.Docker.Finished > 0)).SelectMany(stratum => stratum).ToList();
        return new SequenceFacts(
            difference.RiskDifference, Math.Max(difference.StandardError, days.StandardError), compared.Sum(cell => cell.Kubernetes.Finished + cell.Docker.Finished),
            compared.Sum(cell => cell.Kubernetes.Failed + cell.Docker.Failed), days.Blocks);
    }

    /// <summary>
    /// Kubernetes since a step that took jobs from docker altogether, against docker before it. For a roll back alone: load, versions
    /// and holidays move, so no promotion may rest on it (statistics.md A.9), and none is read later than <see cref="Reach"/> days
    /// after the step.
    /// </summary>
    /// <param name="arms">From <see cref="Reach"/> days before the step on.</param>
    /// <param name="since">When the step was reached; its own day counts for neither side.</param>
    /// <param name="today">Not counted itself.</param>
    /// <returns>
    /// Null while the step took less than half of what Kubernetes runs, without <see cref="LeastBefore"/> days of docker, and while failures
    /// whose reasons are not read could hide or feign a tenth of <see cref="BeforeAfterRule.Tolerance"/>.
    /// </returns>
    public static SequenceFacts? BeforeAfter(IReadOnlyList<ArmDay> arms, DateTimeOffset since, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(arms);
        var (day, first) = (DateOnly.FromDateTime(since.UtcDateTime), LookPlan.FirstWhole(since));
        if (today > first.AddDays(Reach)) return null;
        var taken = arms.GroupBy(arm => arm.Class).Where(one => IsTaken([.. one], day, first)).SelectMany(one => one).ToList();
        var moved = taken.Where(arm => arm.Day >= first).Select(arm => arm with { Docker = default }).ToList();
        if (2 * moved.Sum(arm => arm.Kubernetes.Finished) <= arms.Where(arm => arm.Day >= first).Sum(arm => arm.Kubernetes.Finished)) return null;
        var before = taken.Where(arm => arm.Day < day && arm.Docker.Finished > 0).Select(arm => arm with { Kubernetes = default }).ToList();
        if (before.DistinctBy(arm => arm.Day).Count() < LeastBefore || IsUnread(moved.Select(arm => arm.Kubernetes)) || IsUnread(before.Select(arm => arm.Docker))) return null;
        return Of(before.Concat(moved)) is { } seen ? seen with { Days = moved.DistinctBy(arm => arm.Day).Count() } : null;
    }

    // Docker ran most of it in the last week, and next to nothing since: a job that began before the step may end after it.
    private static bool IsTaken(List<ArmDay> one, DateOnly day, DateOnly first)
    {
        var week = one.Where(arm => arm.Day < day && arm.Day >= day.AddDays(-7)).Aggregate((K: 0L, D: 0L), (sum, arm) => (sum.K + arm.Kubernetes.Finished, sum.D + arm.Docker.Finished));
        var since = one.Where(arm => arm.Day >= first).Aggregate((K: 0L, D: 0L), (sum, arm) => (sum.K + arm.Kubernetes.Finished, sum.D + arm.Docker.Finished));
        return week.D > week.K && since.K > 0 && since.D <= Math.Max(1, since.K / 50);
    }

    private static bool IsUnread(IEnumerable<ArmCounts> counts) =>
        counts.Aggregate(default(ArmCounts), (sum, one) => sum + one) is var sum && sum.Unread > NoWorseGate.MostHidden * BeforeAfterRule.Tolerance * sum.Finished;
}
