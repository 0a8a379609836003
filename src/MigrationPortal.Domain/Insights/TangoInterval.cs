using MathNet.Numerics.Distributions;

namespace MigrationPortal.Domain.Insights;

/// <summary>
/// Score interval of the difference of twin runs (Tango 1998, Stat Med 17:891): all differences that a score test with the
/// variance under that difference does not reject. Holds without any pair that differs, where Wald's width is zero.
/// </summary>
public static class TangoInterval
{
    /// <summary>Limits of Kubernetes − docker as fractions in [−1, 1].</summary>
    /// <param name="confidence">Two-sided, strictly between 0 and 1.</param>
    /// <returns>Null without pairs.</returns>
    public static (double Low, double High)? Of(Twins twins, double confidence = 0.95)
    {
        twins.Check();
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), $"Confidence {confidence} is not between 0 and 1.");
        if (twins.Difference is not { } difference) return null;

        var z = Normal.InvCDF(0, 1, 0.5 + confidence / 2);
        var mirrored = twins with { OnlyKubernetes = twins.OnlyDocker, OnlyDocker = twins.OnlyKubernetes };
        return (-Upper(mirrored, -difference, z), Upper(twins, difference, z));
    }

    private static double Upper(Twins twins, double difference, double z)
    {
        double inside = difference, outside = 1;
        if (!IsRejected(twins, outside, z)) return outside;
        for (var middle = (inside + outside) / 2; middle > inside && middle < outside; middle = (inside + outside) / 2)
        {
            if (IsRejected(twins, middle, z)) outside = middle; else inside = middle;
        }

        return inside;
    }

    // (b − c − nΔ)² > z² n (2q + Δ(1 − Δ)), q the likeliest share of pairs that failed on docker only, given Δ.
    private static bool IsRejected(Twins twins, double difference, double z)
    {
        double pairs = twins.Pairs, kubernetes = twins.OnlyKubernetes, docker = twins.OnlyDocker;
        var half = (2 * pairs - kubernetes + docker) * difference - kubernetes - docker;
        var product = docker * difference * (1 - difference);
        var root = Math.Sqrt(Math.Max(0, half * half + 8 * pairs * product));
        // Of both forms of the root that which does not subtract equals.
        var share = half <= 0 ? (root - half) / (4 * pairs) : 2 * product / (root + half);
        var variance = Math.Max(0, 2 * Math.Max(share, Math.Max(0, -difference)) + difference * (1 - difference));
        var off = kubernetes - docker - pairs * difference;
        return off * off > z * z * pairs * variance;
    }
}
