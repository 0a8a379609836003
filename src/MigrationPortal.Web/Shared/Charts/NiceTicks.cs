using System.Globalization;

namespace MigrationPortal.Web.Shared;

/// <summary>Round values for the horizontal lines of a chart: steps of 1, 2, 2.5 or 5 times a power of ten.</summary>
public sealed record NiceTicks(double Step, IReadOnlyList<double> Values)
{
    private static readonly double[] Steps = [1, 2, 2.5, 5, 10];

    public double Bottom => Values[0];

    public double Top => Values[^1];

    /// <summary>Lines that enclose the values.</summary>
    /// <param name="low">The lowest value; 0 is included when all values are positive.</param>
    /// <param name="high">The highest value.</param>
    /// <param name="most">At most as many lines, 2 or more.</param>
    public static NiceTicks For(double low, double high, int most = 5)
    {
        (low, high) = (Math.Min(0, low), Math.Max(0, high));
        // Below a billionth there is nothing to tell apart.
        if (high - low < 1e-9)
            high = low + 1;

        var magnitude = Math.Pow(10, Math.Floor(Math.Log10((high - low) / (most - 1))));
        for (; ; magnitude *= 10)
        {
            foreach (var factor in Steps)
            {
                var step = factor * magnitude;
                // The tiny allowance keeps 0.6 from needing a line at 0.8 because 0.6 / 0.2 is 2.9999...
                var (first, last) = (Math.Floor((low / step) + 1e-9), Math.Ceiling((high / step) - 1e-9));
                if (last - first + 1 <= most)
                    return new(step, [.. Enumerable.Range(0, (int)(last - first) + 1).Select(index => Math.Round((first + index) * step, 12))]);
            }
        }
    }

    /// <summary>The words beside a line; the unit stands once, at the topmost.</summary>
    public string Label(double value, ChartUnit unit)
    {
        var top = value == Top;
        return unit switch
        {
            ChartUnit.Percent => Number(value * 100, Step * 100) + (top ? "\u00a0%" : ""),
            ChartUnit.Points => Signed(value * 100, Step * 100) + (top ? "\u00a0pp" : ""),
            ChartUnit.Seconds => Number(value, Step) + (top ? "\u00a0s" : ""),
            _ => Number(value, Step),
        };
    }

    private static string Signed(double value, double step) => (value > 0 ? "+" : value < 0 ? "\u2212" : "") + Number(Math.Abs(value), step);

    private static string Number(double value, double step)
    {
        // As many decimals as the step has, so that 0.25 does not become 0.3; 0 is just 0.
        var decimals = 0;
        while (decimals < 4 && Math.Abs((step * Math.Pow(10, decimals)) - Math.Round(step * Math.Pow(10, decimals))) > 1e-6)
            decimals++;
        return value == 0 ? "0" : value.ToString("#,0." + new string('0', decimals), CultureInfo.InvariantCulture).TrimEnd('.');
    }
}
