using MathNet.Numerics;

namespace MigrationPortal.Domain.Insights;

/// <summary>
/// The exact upper tail of a binomial, as the regularised incomplete beta function I_p(x, n − x + 1): no sum of terms, so
/// it neither overflows nor loses the digits of tails like 1e-40.
/// </summary>
public static class BinomialTail
{
    /// <summary>P(X ≥ <paramref name="failed"/>) for X binomial with <paramref name="finished"/> trials.</summary>
    /// <param name="probability">Of one failure, in [0, 1].</param>
    public static double AtLeast(long failed, long finished, double probability)
    {
        if (failed < 0 || finished < failed) throw new ArgumentOutOfRangeException(nameof(failed), $"{failed} of {finished} is not a rate.");
        if (!(probability is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(probability), $"{probability} is not a probability.");
        if (failed == 0) return 1;
        return probability switch { 0 => 0, 1 => 1, _ => SpecialFunctions.BetaRegularized(failed, finished - failed + 1, probability) };
    }
}
