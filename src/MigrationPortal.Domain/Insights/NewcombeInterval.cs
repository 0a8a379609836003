using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>
/// Hybrid score interval of the difference of two rates (statistics.md A.3; method 10 of Newcombe 1998, Stat Med 17:873).
/// For pages: decisions between phases are taken by the gates' own stratified method.
/// </summary>
public static class NewcombeInterval
{
    /// <summary>Limits of <paramref name="one"/> − <paramref name="other"/> as fractions in [−1, 1].</summary>
    /// <param name="confidence">Two-sided, strictly between 0 and 1.</param>
    /// <returns>Null when nothing finished on either side.</returns>
    public static (double Low, double High)? Of(Rate one, Rate other, double confidence = 0.95)
    {
        if (WilsonInterval.Of(one, confidence) is not var (oneLow, oneHigh)) return null;
        if (WilsonInterval.Of(other, confidence) is not var (otherLow, otherHigh)) return null;
        double p = one.Value!.Value, q = other.Value!.Value, difference = p - q;
        return (
            Math.Max(-1, difference - Math.Sqrt(Math.Pow(p - oneLow, 2) + Math.Pow(otherHigh - q, 2))),
            Math.Min(1, difference + Math.Sqrt(Math.Pow(oneHigh - p, 2) + Math.Pow(q - otherLow, 2))));
    }
}
