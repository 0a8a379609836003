namespace MigrationPortal.Domain.Insights;

/// <summary>The Cochran-Mantel-Haenszel test of "no difference in any stratum", without continuity correction; one degree of freedom. For display.</summary>
/// <param name="PValue">Two-sided.</param>
public readonly record struct CmhTest(double ChiSquare, double PValue)
{
    /// <returns>Null when no compared stratum has both failed and passed jobs.</returns>
    public static CmhTest? Of(IEnumerable<Stratum> strata)
    {
        ArgumentNullException.ThrowIfNull(strata);
        double weighed = 0, variance = 0;
        foreach (var stratum in strata)
        {
            if (!stratum.Checked().IsCompared) continue;
            double n1 = stratum.Kubernetes.Finished, n0 = stratum.Docker.Finished, n = n1 + n0, failed = (double)stratum.Kubernetes.Failed + stratum.Docker.Failed;
            // Observed less expected failures on Kubernetes.
            weighed += stratum.WeighedDifference;
            variance += n1 / n * (n0 / n) * failed * ((n - failed) / (n - 1));
        }

        if (variance == 0) return null;
        var z = weighed / Math.Sqrt(variance);
        return new CmhTest(z * z, NormalTail.Beyond(z));
    }
}
