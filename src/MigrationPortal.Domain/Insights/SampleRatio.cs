using MathNet.Numerics;

namespace MigrationPortal.Domain.Insights;

/// <summary>
/// Whether cohorts have the sizes that the plan gives them (statistics.md A.9): a mismatch says that assignment or
/// collection is broken, and then no comparison of them means anything.
/// </summary>
public static class SampleRatio
{
    /// <summary>Alarm below it: strict, because it is asked often.</summary>
    public const double Improbable = 0.001;

    /// <summary>Pearson's chi-square of sizes against their planned shares.</summary>
    /// <param name="cohorts">Size, and planned share in any unit above 0.</param>
    /// <returns>The probability of such sizes or worse; null with fewer than two cohorts, or nobody in them.</returns>
    public static double? Chance(IReadOnlyList<(long Size, double Planned)> cohorts)
    {
        ArgumentNullException.ThrowIfNull(cohorts);
        foreach (var (size, planned) in cohorts)
        {
            if (size < 0) throw new ArgumentOutOfRangeException(nameof(cohorts), $"{size} is not a size.");
            if (!(planned > 0 && double.IsFinite(planned))) throw new ArgumentOutOfRangeException(nameof(cohorts), $"{planned} is not a planned share.");
        }

        double all = cohorts.Sum(one => (double)one.Size), shares = cohorts.Sum(one => one.Planned);
        if (cohorts.Count < 2 || all == 0) return null;
        var square = cohorts.Sum(one => Math.Pow(one.Size - all * one.Planned / shares, 2) / (all * one.Planned / shares));
        return square == 0 ? 1 : SpecialFunctions.GammaUpperRegularized((cohorts.Count - 1) / 2.0, square / 2);
    }

    public static bool IsMismatch(IReadOnlyList<(long Size, double Planned)> cohorts) => Chance(cohorts) < Improbable;
}
