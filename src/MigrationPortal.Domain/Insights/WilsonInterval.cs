using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>
/// Wilson score interval of one rate (statistics.md A.2; Newcombe 1998). Never Wald, whose width is zero at zero failures.
/// </summary>
public static class WilsonInterval
{
    /// <summary>Both limits as fractions in [0, 1], clipped, because rounding can leave it by a hair.</summary>
    /// <param name="confidence">Two-sided, strictly between 0 and 1; charts use 0.95.</param>
    /// <returns>Null when nothing finished: no data is not an interval.</returns>
    public static (double Low, double High)? Of(Rate rate, double confidence = 0.95)
    {
        if (rate.Finished < 0 || rate.Failed < 0 || rate.Failed > rate.Finished)
            throw new ArgumentOutOfRangeException(nameof(rate), $"{rate.Failed} of {rate.Finished} is not a rate.");
        var z = NormalTail.Reach(confidence);
        if (rate.Finished == 0) return null;

        double n = rate.Finished, p = rate.Failed / n;
        var shrink = 1 + z * z / n;
        var centre = (p + z * z / (2 * n)) / shrink;
        var half = z / shrink * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n));
        // At the ends the limit is exactly the end; the formula only approaches it in floating point.
        return (rate.Failed == 0 ? 0 : Math.Max(0, centre - half), rate.Failed == rate.Finished ? 1 : Math.Min(1, centre + half));
    }
}
