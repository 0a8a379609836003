using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace MigrationPortal.Domain.Insights;

/// <summary>Tails of the standard normal distribution by erfc: 1 − Φ(z) would lose its digits beyond z = 5.</summary>
public static class NormalTail
{
    private static readonly double UsualZ = -Normal.InvCDF(0, 1, 0.025);

    /// <summary>P(Z ≥ <paramref name="z"/>).</summary>
    public static double Above(double z) => SpecialFunctions.Erfc(z / Constants.Sqrt2) / 2;

    /// <summary>P(|Z| ≥ |<paramref name="z"/>|).</summary>
    public static double Beyond(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Constants.Sqrt2);

    /// <summary>How many standard errors an interval reaches to each side: 1.96 for 0.95.</summary>
    /// <param name="confidence">Two-sided, strictly between 0 and 1.</param>
    public static double Reach(double confidence)
    {
        if (!(confidence > 0 && confidence < 1)) throw new ArgumentOutOfRangeException(nameof(confidence), $"Confidence {confidence} is not between 0 and 1.");
        return confidence == 0.95 ? UsualZ : -Normal.InvCDF(0, 1, (1 - confidence) / 2);
    }
}
