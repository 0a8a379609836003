namespace MigrationPortal.Domain.Insights;

/// <summary>
/// Mantel-Haenszel risk difference Kubernetes − docker with the variance of Sato 1989 (Biometrics 45:1323), as PROC FREQ's
/// COMMONRISKDIFF has it: consistent for few big and for many small strata. Not for decisions: at rates of some per mille its
/// normal bound errs twice as often as it says (statistics.md B.1).
/// </summary>
/// <param name="RiskDifference">As a fraction in [−1, 1].</param>
public readonly record struct MantelHaenszel(double RiskDifference, double StandardError)
{
    /// <returns>Null when no stratum has jobs on both executors.</returns>
    public static MantelHaenszel? Of(IEnumerable<Stratum> strata)
    {
        ArgumentNullException.ThrowIfNull(strata);
        double weight = 0, weighed = 0, p = 0, q = 0;
        foreach (var stratum in strata)
        {
            if (!stratum.Checked().IsCompared) continue;
            double x1 = stratum.Kubernetes.Failed, n1 = stratum.Kubernetes.Finished, x0 = stratum.Docker.Failed, n0 = stratum.Docker.Finished, n = n1 + n0;
            weight += stratum.Weight;
            weighed += stratum.WeighedDifference;
            p += ((n1 * n1 * x0) - (n0 * n0 * x1) + (n1 * n0 * (n0 - n1) / 2)) / (n * n);
            q += ((x1 * (n0 - x0)) + (x0 * (n1 - x1))) / (2 * n);
        }

        if (weight == 0) return null;
        var difference = Math.Clamp(weighed / weight, -1, 1);
        return new MantelHaenszel(difference, Math.Sqrt(Math.Max(0, (difference * p) + q)) / weight);
    }
}
