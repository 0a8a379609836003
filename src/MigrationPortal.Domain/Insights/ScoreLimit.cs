using MathNet.Numerics.RootFinding;

namespace MigrationPortal.Domain.Insights;

/// <summary>
/// The outermost difference that a score test does not refuse. Where one arm of a stratum has no failures the variance has a kink, so
/// the test may refuse a difference and yet accept a larger one: the search comes from outside, in steps of a tenth, so that the
/// test refuses every margin beyond the limit.
/// </summary>
internal static class ScoreLimit
{
    private const double Accuracy = 1e-12;
    private const double Nearest = 1e-15;

    /// <param name="outside">A bound of the limit.</param>
    /// <param name="excess">Above zero where the test does not refuse; not below it at the estimate.</param>
    public static double Upper(double estimate, double outside, Func<double, double> excess)
    {
        if (excess(outside) >= 0) return outside;
        for (var distance = (outside - estimate) / 1.1; distance > Nearest; distance /= 1.1)
        {
            if (excess(estimate + distance) >= 0) return Brent.FindRoot(excess, estimate + distance, outside, Accuracy);
            outside = estimate + distance;
        }

        return estimate;
    }
}
