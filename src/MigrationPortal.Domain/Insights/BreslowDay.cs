using MathNet.Numerics;

namespace MigrationPortal.Domain.Insights;

/// <summary>
/// Is the odds ratio the same in all strata? Breslow and Day 1980 with the correction of Tarone 1985 (Biometrika 72:91), against the
/// Mantel-Haenszel odds ratio. For display: with few expected failures in most strata it errs more often than it says.
/// </summary>
/// <param name="DegreesOfFreedom">Compared strata with both failed and passed jobs, less one.</param>
public readonly record struct BreslowDay(double ChiSquare, int DegreesOfFreedom, double PValue)
{
    /// <returns>Null with fewer than two such strata, and where there is no odds ratio to compare with.</returns>
    public static BreslowDay? Of(IReadOnlyCollection<Stratum> strata)
    {
        ArgumentNullException.ThrowIfNull(strata);
        if (OddsRatio.Of(strata) is not { } common) return null;
        double squares = 0, offs = 0, variance = 0;
        var counted = 0;
        foreach (var stratum in strata)
        {
            var failed = (double)stratum.Kubernetes.Failed + stratum.Docker.Failed;
            if (!stratum.IsCompared || failed == 0 || failed == (double)stratum.Kubernetes.Finished + stratum.Docker.Finished) continue;
            var (off, spread) = Off(stratum, failed, common.Value);
            squares += off * off / spread;
            offs += off;
            variance += spread;
            counted++;
        }

        if (counted < 2) return null;
        var chiSquare = Math.Max(0, squares - (offs * offs / variance));
        return new BreslowDay(chiSquare, counted - 1, SpecialFunctions.GammaUpperRegularized((counted - 1) / 2.0, chiSquare / 2));
    }

    // Observed less expected failures on Kubernetes, and their variance. Each of the four cells is found by itself and the smallest
    // decides: the others are known to fewer digits than it has.
    private static (double Off, double Spread) Off(Stratum stratum, double failed, double ratio)
    {
        double n1 = stratum.Kubernetes.Finished, n0 = stratum.Docker.Finished, passed = n1 + n0 - failed;
        ReadOnlySpan<(double Expected, double Off)> cells =
        [
            Cell(stratum.Kubernetes.Failed, Expected(n1, n0, failed, ratio), 1),
            Cell(stratum.Docker.Failed, Expected(n0, n1, failed, 1 / ratio), -1),
            Cell(n1 - stratum.Kubernetes.Failed, Expected(n1, n0, passed, 1 / ratio), -1),
            Cell(n0 - stratum.Docker.Failed, Expected(n0, n1, passed, ratio), 1),
        ];
        var (smallest, spread) = (cells[0], 0.0);
        foreach (var cell in cells)
        {
            if (cell.Expected < smallest.Expected) smallest = cell;
            spread += 1 / cell.Expected;
        }

        return (smallest.Off, 1 / spread);
        static (double, double) Cell(double observed, double expected, int sign) => (expected, sign * (observed - expected));
    }

    // How many of an arm's n₁ share an outcome, if with the same margins the odds ratio is ψ: a root of (1 − ψ)e² + be − ψ·having·n₁, in forms that do not cancel.
    private static double Expected(double n1, double n0, double having, double ratio)
    {
        double b = n0 - having + (ratio * (having + n1)), c = ratio * having * n1, rest = n0 + (ratio * n1) - ((ratio - 1) * having);
        var root = Math.Sqrt(ratio < 1 ? (b * b) + (4 * (1 - ratio) * c) : (rest * rest) + (4 * (ratio - 1) * having * n0));
        return b > 0 ? 2 * c / (b + root) : (root - b) / (2 * (1 - ratio));
    }
}
