namespace MigrationPortal.Domain.Insights;

/// <summary>
/// The likeliest failure rates of a stratum if Kubernetes were worse by exactly a given difference: the middle root of a cubic,
/// in the closed form of Farrington and Manning 1990 (Stat Med 9:1447; statistics.md A.3). The root of u subtracts c/3a: a copy
/// that adds it is in circulation. Newton steps follow, because arccos loses half of its digits where two roots lie close together.
/// </summary>
public static class RestrictedRates
{
    /// <param name="difference">Kubernetes − docker as a fraction, in [−1, 1].</param>
    /// <returns>Both in [0, 1], apart by the difference; only for a stratum with jobs on both executors.</returns>
    public static (double Kubernetes, double Docker) Of(Stratum stratum, double difference)
    {
        var (one, other, ofPassed) = Smaller(stratum, difference);
        return ofPassed ? (1 - one, 1 - other) : (one, other);
    }

    /// <summary>Variance of the difference of the two observed rates under that restriction.</summary>
    public static double Variance(Stratum stratum, double difference)
    {
        var (one, other, _) = Smaller(stratum, difference);
        return (one * (1 - one) / stratum.Kubernetes.Finished) + (other * (1 - other) / stratum.Docker.Finished);
    }

    // Counting passed jobs is the same question: an arm that has none of what is counted spares the cubic, and small rates keep more digits.
    private static (double One, double Other, bool OfPassed) Smaller(Stratum stratum, double difference)
    {
        double x1 = stratum.Kubernetes.Failed, n1 = stratum.Kubernetes.Finished, x0 = stratum.Docker.Failed, n0 = stratum.Docker.Finished;
        bool spares = x1 == 0 || x0 == 0, passedSpares = x1 == n1 || x0 == n0;
        var ofPassed = difference == 0 || spares == passedSpares ? x1 + x0 > (n1 + n0) / 2 : passedSpares;
        var (one, other) = ofPassed ? Likeliest(n1 - x1, n1, n0 - x0, n0, -difference) : Likeliest(x1, n1, x0, n0, difference);
        return (one, other, ofPassed);
    }

    private static (double One, double Other) Likeliest(double x1, double n1, double x0, double n0, double difference)
    {
        if (difference == 0) return ((x1 + x0) / (n1 + n0), (x1 + x0) / (n1 + n0));
        if (x1 == 0 && x0 == 0) return (Math.Max(0, difference), Math.Max(0, -difference));
        if (x0 == 0) return Apart(Lone(x1, n1, n0, difference), difference);
        if (x1 == 0) return Apart(Lone(x0, n0, n1, -difference) + difference, difference);
        return Apart(Middle(x1 / n1, x0 / n0, n0 / n1, difference), difference);
    }

    // Rates at the edge: the likelihood may rise until one of them leaves [0, 1].
    private static (double One, double Other) Apart(double one, double difference)
    {
        one = Math.Clamp(one, Math.Max(0, difference), Math.Min(1, 1 + difference));
        return (one, Math.Clamp(one - difference, 0, 1));
    }

    // The other arm never failed: one root of the cubic is its zero rate, and this is the smaller root of what is left,
    // N·p² − (N + x + n·δ)p + x(1 + δ) with N jobs in all. Its discriminant is written so that it hardly cancels.
    private static double Lone(double failed, double finished, double others, double difference)
    {
        double all = finished + others, b = all + failed + (difference * finished), rest = all - failed + (difference * finished);
        return 2 * failed * (1 + difference) / (b + Math.Sqrt(Math.Max(0, (rest * rest) - (4 * failed * difference * others))));
    }

    private static double Middle(double p1, double p0, double theta, double difference)
    {
        double a = 1 + theta,
            b = -(1 + theta + p1 + (theta * p0) + (difference * (theta + 2))),
            c = (difference * difference) + (difference * ((2 * p1) + theta + 1)) + p1 + (theta * p0),
            d = -p1 * difference * (1 + difference),
            shift = b / (3 * a),
            v = (shift * shift * shift) - (b * c / (6 * a * a)) + (d / (2 * a)),
            u = Math.CopySign(Math.Sqrt(Math.Max(0, (shift * shift) - (c / (3 * a)))), v);
        var root = u == 0 ? -shift : (2 * u * Math.Cos((Math.PI + Math.Acos(Math.Clamp(v / (u * u * u), -1, 1))) / 3)) - shift;
        return Polished(root, Math.Max(0, difference), Math.Min(1, 1 + difference), (a, b, c, d));
    }

    // The cubic falls through its middle root, from above zero at the low end to below zero at the high one.
    private static double Polished(double root, double low, double high, (double A, double B, double C, double D) of)
    {
        root = Math.Clamp(root, low, high);
        for (var step = 0; step < 50; step++)
        {
            var value = (((((of.A * root) + of.B) * root) + of.C) * root) + of.D;
            var move = value / (((((3 * of.A * root) + (2 * of.B)) * root)) + of.C);
            if (value >= 0) low = root;
            else high = root;
            // Newton doubles the right digits, so the step after this one would be lost in rounding.
            if (Math.Abs(move) <= 1e-9 * root) return root - move;
            root -= move;
            if (!(root > low && root < high)) root = (low + high) / 2;
        }

        return root;
    }
}
