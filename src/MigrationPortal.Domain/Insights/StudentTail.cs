using MathNet.Numerics;
using MathNet.Numerics.RootFinding;

namespace MigrationPortal.Domain.Insights;

/// <summary>
/// Tails of Student's t by the incomplete beta function. The library's own quantile does not converge for one degree of freedom
/// beyond 0.001 and is wrong in far tails, which the first of several planned looks asks for.
/// </summary>
public static class StudentTail
{
    private const double Accuracy = 1e-13;

    /// <summary>P(T ≥ <paramref name="t"/>) for <paramref name="t"/> of 0 or more.</summary>
    public static double Above(double t, int freedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(freedom, 1);
        return SpecialFunctions.BetaRegularized(freedom / 2.0, 0.5, freedom / (freedom + (t * t))) / 2;
    }

    /// <summary>How many standard errors an interval reaches to each side: 2.16 for 0.95 and 13 degrees of freedom.</summary>
    /// <param name="confidence">Two-sided, strictly between 0 and 1.</param>
    public static double Reach(double confidence, int freedom)
    {
        // Never nearer than the normal distribution; searched by logarithms, because it may lie at 10¹⁵ as well as at 2.
        double nearest = Math.Log(NormalTail.Reach(confidence)), tail = Math.Log((1 - confidence) / 2), farthest = nearest + 1;
        while (Excess(farthest) > 0) farthest += 1;
        return Math.Exp(Brent.FindRoot(Excess, nearest, farthest, Accuracy));
        double Excess(double at) => Math.Log(Above(Math.Exp(at), freedom)) - tail;
    }
}
