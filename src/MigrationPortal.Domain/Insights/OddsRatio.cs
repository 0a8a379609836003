namespace MigrationPortal.Domain.Insights;

/// <summary>Mantel-Haenszel odds ratio Kubernetes : docker with the variance of Robins, Breslow and Greenland 1986 (Biometrics 42:311). For display.</summary>
public readonly record struct OddsRatio(double Value, double Low, double High)
{
    /// <param name="confidence">Two-sided, strictly between 0 and 1.</param>
    /// <returns>Null where it would be 0, infinite or undefined.</returns>
    public static OddsRatio? Of(IEnumerable<Stratum> strata, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(strata);
        var reach = NormalTail.Reach(confidence);
        double r = 0, s = 0, pr = 0, mixed = 0, qs = 0;
        foreach (var stratum in strata)
        {
            if (!stratum.Checked().IsCompared) continue;
            double x1 = stratum.Kubernetes.Failed, passed1 = stratum.Kubernetes.Finished - stratum.Kubernetes.Failed;
            double x0 = stratum.Docker.Failed, passed0 = stratum.Docker.Finished - stratum.Docker.Failed, n = x1 + passed1 + x0 + passed0;
            double rj = x1 / n * passed0, sj = x0 / n * passed1, p = (x1 + passed0) / n, q = (x0 + passed1) / n;
            r += rj;
            s += sj;
            pr += p * rj;
            mixed += (p * sj) + (q * rj);
            qs += q * sj;
        }

        if (r == 0 || s == 0) return null;
        var half = reach * Math.Sqrt((pr / (2 * r * r)) + (mixed / (2 * r * s)) + (qs / (2 * s * s)));
        return new OddsRatio(r / s, r / s * Math.Exp(-half), r / s * Math.Exp(half));
    }
}
