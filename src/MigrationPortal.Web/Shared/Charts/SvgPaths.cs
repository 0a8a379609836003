using System.Text;
using static MigrationPortal.Web.Shared.LinearScale;

namespace MigrationPortal.Web.Shared;

/// <summary>Paths of lines and bands. A missing value ends the path; the next one begins it anew.</summary>
public static class SvgPaths
{
    /// <summary>A line through the points; a lone point between gaps becomes a short dash, so that it is seen.</summary>
    public static string Line(IReadOnlyList<(double X, double? Y)> points)
    {
        var path = new StringBuilder();
        foreach (var run in Runs(points, point => point.Y is not null))
        {
            path.Append('M').Append(Svg(run[0].X)).Append(' ').Append(Svg(run[0].Y!.Value));
            foreach (var (x, y) in run.Skip(1))
                path.Append('L').Append(Svg(x)).Append(' ').Append(Svg(y!.Value));
            if (run.Count == 1)
                path.Append("h3");
        }

        return path.ToString();
    }

    /// <summary>The area between two edges: along the upper one, and back along the lower.</summary>
    public static string Band(IReadOnlyList<(double X, double? Upper, double? Lower)> points)
    {
        var path = new StringBuilder();
        foreach (var run in Runs(points, point => point.Upper is not null && point.Lower is not null).Where(run => run.Count > 1))
        {
            var edge = run.Select(point => (point.X, Y: point.Upper!.Value)).Concat(run.Reverse().Select(point => (point.X, Y: point.Lower!.Value)));
            path.Append('M').AppendJoin('L', edge.Select(point => $"{Svg(point.X)} {Svg(point.Y)}")).Append('Z');
        }

        return path.ToString();
    }

    private static IEnumerable<IReadOnlyList<T>> Runs<T>(IReadOnlyList<T> points, Func<T, bool> isThere)
    {
        var run = new List<T>();
        foreach (var point in points)
        {
            if (isThere(point))
            {
                run.Add(point);
            }
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }

        if (run.Count > 0)
            yield return run;
    }
}
