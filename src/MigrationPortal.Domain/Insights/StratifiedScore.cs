namespace MigrationPortal.Domain.Insights;

/// <summary>How the variance of a score test is scaled.</summary>
public enum ScoreMethod
{
    /// <summary>Miettinen and Nurminen 1985 (Stat Med 4:213): n/(n − 1) in each stratum. Decisions use this one.</summary>
    MiettinenNurminen,

    /// <summary>Farrington and Manning 1990 (Stat Med 9:1447), Mee 1984: no factor.</summary>
    FarringtonManning,
}

/// <summary>
/// Score test of "Kubernetes is worse by exactly this difference" and its interval, over strata with Mantel-Haenszel weights
/// (statistics.md A.3 and A.4); one stratum is the unstratified test. At a difference of 0 its two-sided p-value is that of the
/// uncorrected Cochran-Mantel-Haenszel test.
/// </summary>
public sealed class StratifiedScore
{
    private readonly Stratum[] _strata;
    private readonly double[] _scales;
    private readonly double _weight;
    private readonly double _weighed;

    private StratifiedScore(Stratum[] strata, ScoreMethod method)
    {
        _strata = strata;
        _scales = new double[strata.Length];
        for (var index = 0; index < strata.Length; index++)
        {
            var stratum = strata[index];
            double weight = stratum.Weight, jobs = (double)stratum.Kubernetes.Finished + stratum.Docker.Finished;
            _scales[index] = weight * weight * (method == ScoreMethod.MiettinenNurminen ? jobs / (jobs - 1) : 1);
            _weight += weight;
            _weighed += stratum.WeighedDifference;
        }
    }

    private StratifiedScore(StratifiedScore other)
    {
        (_strata, _scales, _weight, _weighed) = ([.. other._strata.Select(stratum => new Stratum(stratum.Docker, stratum.Kubernetes))], other._scales, other._weight, -other._weighed);
    }

    /// <returns>Null when no stratum has jobs on both executors.</returns>
    public static StratifiedScore? Of(IEnumerable<Stratum> strata, ScoreMethod method = ScoreMethod.MiettinenNurminen)
    {
        Stratum[] compared = [.. strata.Where(stratum => stratum.Checked().IsCompared)];
        return compared.Length == 0 ? null : new StratifiedScore(compared, method);
    }

    /// <summary>Mantel-Haenszel risk difference Kubernetes − docker, as a fraction in [−1, 1].</summary>
    public double Estimate => Math.Clamp(_weighed / _weight, -1, 1);

    /// <summary>How many standard errors the estimate lies above a difference; below zero speaks for Kubernetes.</summary>
    /// <param name="difference">As a fraction, strictly between −1 and 1.</param>
    public double Z(double difference)
    {
        if (!(difference > -1 && difference < 1)) throw new ArgumentOutOfRangeException(nameof(difference), $"A difference of {difference} is not between -1 and 1.");
        var variance = Variance(difference);
        // Without any failure, or without any success, nothing speaks against "no difference".
        return variance > 0 ? (_weighed - (_weight * difference)) / Math.Sqrt(variance) : 0;
    }

    /// <summary>One-sided p-value of "worse by this difference or more": small speaks for Kubernetes.</summary>
    public double PValue(double difference) => NormalTail.Above(-Z(difference));

    /// <summary>All differences that a test with the error of one side, (1 − confidence) / 2, does not refuse; their hull where they leave a hole.</summary>
    /// <param name="confidence">Two-sided, strictly between 0 and 1.</param>
    public (double Low, double High) Interval(double confidence)
    {
        var reach = NormalTail.Reach(confidence);
        return (-new StratifiedScore(this).Upper(reach), Upper(reach));
    }

    private double Upper(double reach)
    {
        if (Estimate >= 1) return 1;
        var outside = Outside(reach);
        return ScoreLimit.Upper(Estimate, outside, at => ((_weighed + (reach * Math.Sqrt(Variance(at)))) / _weight) - at);
    }

    // The wider the difference, the higher Kubernetes's restricted rate and the lower docker's. So no variance between the estimate and
    // a point outside exceeds the one of Kubernetes's rate there and docker's rate here, which bounds the limit, and again from the new point.
    private double Outside(double reach)
    {
        var (outside, docker) = (1.0, Widest(Estimate, kubernetes: false));
        while (true)
        {
            var nearer = Estimate + (reach * Math.Sqrt(docker + Widest(outside, kubernetes: true)) / _weight);
            if (nearer - Estimate >= 0.9 * (outside - Estimate)) return Math.Min(outside, nearer);
            outside = nearer;
        }
    }

    private double Widest(double difference, bool kubernetes)
    {
        double variance = 0;
        for (var index = 0; index < _strata.Length; index++)
        {
            var (one, other) = RestrictedRates.Of(_strata[index], difference);
            var rate = Math.Min(kubernetes ? one : other, 0.5);
            variance += _scales[index] * rate * (1 - rate) / (kubernetes ? _strata[index].Kubernetes.Finished : _strata[index].Docker.Finished);
        }

        return variance;
    }

    private double Variance(double difference)
    {
        double variance = 0;
        for (var index = 0; index < _strata.Length; index++) variance += _scales[index] * RestrictedRates.Variance(_strata[index], difference);
        return variance;
    }
}
