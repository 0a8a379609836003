using MathNet.Numerics;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>The exact interval of one rate (Clopper and Pearson 1934): never too narrow, so wider than Wilson's.</summary>
public static class ClopperPearsonInterval
{
    /// <summary>Both limits as fractions in [0, 1].</summary>
    /// <param name="confidence">Two-sided, strictly between 0 and 1.</param>
    /// <returns>Null when nothing finished: no data is not an interval.</returns>
    public static (double Low, double High)? Of(Rate rate, double confidence = 0.95)
    {
        if (rate.Finished < 0 || rate.Failed < 0 || rate.Failed > rate.Finished)
            throw new ArgumentOutOfRangeException(nameof(rate), $"{rate.Failed} of {rate.Finished} is not a rate.");
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), $"Confidence {confidence} is not between 0 and 1.");
        if (rate.Finished == 0) return null;

        double failed = rate.Failed, passed = rate.Finished - rate.Failed, tail = (1 - confidence) / 2;
        return (
            rate.Failed == 0 ? 0 : Quantile(failed, passed + 1, tail),
            rate.Failed == rate.Finished ? 1 : Quantile(failed + 1, passed, 1 - tail));
    }

    // To the last digit: the library's own quantile stops at 1e-13, too coarse for one failure of a billion jobs.
    private static double Quantile(double a, double b, double probability)
    {
        double low = 0, high = 1;
        for (var middle = 0.5; middle > low && middle < high; middle = (low + high) / 2)
        {
            if (SpecialFunctions.BetaRegularized(a, b, middle) < probability) low = middle; else high = middle;
        }

        return high;
    }
}
