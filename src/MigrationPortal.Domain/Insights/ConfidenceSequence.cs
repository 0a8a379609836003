namespace MigrationPortal.Domain.Insights;

/// <summary>
/// A lower limit of Kubernetes − docker that holds at all times together, so that it may be looked at after every job: the
/// one-sided asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (arXiv 2103.06476, eq. 134;
/// tuned as by GrowthBook's gbstats). Slower than the burst rule, but it sees small harm.
/// </summary>
public static class ConfidenceSequence
{
    /// <summary>It is asymptotic: with fewer failures on both sides together there is no limit yet.</summary>
    public const int LeastFailures = 5;

    /// <summary>The lower limit, at least −1.</summary>
    /// <param name="estimate">Of the difference, stratified or not.</param>
    /// <param name="standardError">Of the estimate.</param>
    /// <param name="jobs">Finished on both sides together.</param>
    /// <param name="failures">On both sides together.</param>
    /// <param name="tunedFor">The number of jobs at which the limit is to be closest, above 0.</param>
    /// <param name="alpha">One-sided chance that it is ever wrong; above 0, below 0.5.</param>
    /// <returns>Null when there are too few failures, or no spread to measure by.</returns>
    public static double? Lower(double estimate, double standardError, long jobs, long failures, double tunedFor, double alpha = 0.025) =>
        failures < LeastFailures || jobs <= 0 || !(standardError > 0) ? null : Math.Max(-1, estimate - standardError * EffectiveZ(jobs, tunedFor, alpha));

    /// <summary>Standard errors between estimate and limit: what 1.96 is to a single look.</summary>
    public static double EffectiveZ(double jobs, double tunedFor, double alpha = 0.025)
    {
        if (!(jobs > 0)) throw new ArgumentOutOfRangeException(nameof(jobs), $"{jobs} jobs tell nothing.");
        if (!(tunedFor > 0)) throw new ArgumentOutOfRangeException(nameof(tunedFor), $"{tunedFor} jobs cannot be tuned for.");
        if (!(alpha is > 0 and < 0.5)) throw new ArgumentOutOfRangeException(nameof(alpha), $"Alpha {alpha} is not between 0 and 0.5.");

        var log = -2 * Math.Log(2 * alpha);
        var scaled = jobs / tunedFor * (log + Math.Log(log + 1));
        return Math.Sqrt(2 * (scaled + 1) / scaled * Math.Log(1 + Math.Sqrt(scaled + 1) / (2 * alpha)));
    }
}
