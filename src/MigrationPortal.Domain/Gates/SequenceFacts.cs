using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Gates;

/// <summary>Infrastructure failures, Kubernetes − docker inside each project and tag set, over the whole days since the present state was reached.</summary>
/// <param name="StandardError">The larger one of Sato's and the day jackknife's: an incident day must not pass for a thousand single proofs.</param>
/// <param name="Jobs">Finished in compared strata, on both sides together.</param>
/// <param name="Failures">Of these, for reasons of infrastructure.</param>
public sealed record SequenceFacts(double Difference, double StandardError, long Jobs, long Failures, int Days)
{
    private const double Usual = 0.95;

    /// <returns>Null when no stratum finished jobs on both, or below two days.</returns>
    public static SequenceFacts? Of(IReadOnlyList<ArmDay> arms)
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
}
