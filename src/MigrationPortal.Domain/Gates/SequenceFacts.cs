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
    /// Kubernetes since a step that left nothing of the same kind on docker, against docker before it. For a roll back alone: load,
    /// versions and holidays move, so no promotion may rest on it (statistics.md A.9), and none is read later than
    /// <see cref="Reach"/> days after the step.
    /// </summary>
    /// <param name="arms">From <see cref="Reach"/> days before the step on.</param>
    /// <param name="since">When the step was reached; its own day counts for neither side.</param>
    /// <returns>Null while docker still runs some of half the jobs that Kubernetes runs, and without <see cref="LeastBefore"/> days of docker.</returns>
    public static SequenceFacts? BeforeAfter(IReadOnlyList<ArmDay> arms, DateTimeOffset since)
    {
        ArgumentNullException.ThrowIfNull(arms);
        var (day, first) = (DateOnly.FromDateTime(since.UtcDateTime), LookPlan.FirstWhole(since));
        var after = arms.Where(arm => arm.Day >= first && arm.Day < first.AddDays(Reach)).ToList();
        var left = after.GroupBy(arm => arm.Class).Where(one => one.All(arm => arm.Docker.Finished == 0)).Select(one => one.Key).ToHashSet(StringComparer.Ordinal);
        var moved = after.Where(arm => left.Contains(arm.Class)).ToList();
        if (2 * moved.Sum(arm => arm.Kubernetes.Finished) <= after.Sum(arm => arm.Kubernetes.Finished)) return null;
        var before = arms.Where(arm => arm.Day < day && arm.Docker.Finished > 0 && left.Contains(arm.Class)).Select(arm => arm with { Kubernetes = default }).ToList();
        return before.DistinctBy(arm => arm.Day).Count() < LeastBefore ? null : Of(before.Concat(moved)) is { } seen ? seen with { Days = moved.DistinctBy(arm => arm.Day).Count() } : null;
    }
}
