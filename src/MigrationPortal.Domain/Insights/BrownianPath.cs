using MathNet.Numerics;

namespace MigrationPortal.Domain.Insights;

/// <summary>
/// Where a Brownian motion without drift stands that was below a bound at every look so far: its density over points of
/// equal distance, with Simpson's weights. The time of the first look is 1.
/// </summary>
internal sealed class BrownianPath
{
    // Left of so many deviations lies less than 1e-19.
    private const double Far = 9;
    private const int LeastSteps = 600;

    public static readonly BrownianPath Start = new(0, [0], [1]);

    private readonly double _time;
    private readonly double[] _points;
    private readonly double[] _masses;

    private BrownianPath(double time, double[] points, double[] masses) => (_time, _points, _masses) = (time, points, masses);

    /// <summary>The bound, in deviations, that is crossed at the time with the probability; infinite beyond <paramref name="endless"/>.</summary>
    public double Bound(double time, double probability, double endless)
    {
        if (Crossing(time, endless) >= probability) return double.PositiveInfinity;
        double low = -Far, high = endless;
        while (high - low > 1e-12)
        {
            var middle = (low + high) / 2;
            if (Crossing(time, middle) >= probability) low = middle; else high = middle;
        }

        return high;
    }

    /// <summary>Those paths that stay below the bound at that time as well.</summary>
    /// <param name="next">The time of the next look.</param>
    public BrownianPath Continue(double time, double bound, double next)
    {
        var (deviation, root) = (Math.Sqrt(time - _time), Math.Sqrt(time));
        var width = (bound + Far) * root;
        // Six points for a deviation of either step.
        var steps = 2 * (int)Math.Max(LeastSteps / 2, Math.Ceiling(width / Math.Min(deviation, Math.Sqrt(next - time)) * 3));
        var (points, masses) = (new double[steps + 1], new double[steps + 1]);
        for (var step = 0; step <= steps; step++)
        {
            points[step] = -Far * root + width * step / steps;
            var weight = (step == 0 || step == steps ? 1 : step % 2 == 1 ? 4 : 2) * width / steps / 3;
            masses[step] = weight * Density(points[step], deviation);
        }

        return new BrownianPath(time, points, masses);
    }

    private double Density(double at, double deviation)
    {
        var sum = 0.0;
        for (var from = 0; from < _points.Length; from++)
        {
            var off = (at - _points[from]) / deviation;
            sum += _masses[from] * Math.Exp(-off * off / 2);
        }

        return sum / deviation / Constants.Sqrt2Pi;
    }

    private double Crossing(double time, double bound)
    {
        var (deviation, wall) = (Math.Sqrt(time - _time), bound * Math.Sqrt(time));
        var sum = 0.0;
        for (var from = 0; from < _points.Length; from++) sum += _masses[from] * NormalTail.Above((wall - _points[from]) / deviation);
        return sum;
    }
}
