namespace MigrationPortal.Web.Shared;

/// <summary>A line chart with bands as paths and places, computed once per change of its data.</summary>
public sealed record BandChartLayout(ChartAxes Axes, IReadOnlyList<BandChartLine> Lines)
{
    private const double LabelHeight = 14;

    /// <summary>Null where no series has any value: no data is not an empty chart.</summary>
    public static BandChartLayout? Of(
        IReadOnlyList<ChartSeries> series,
        IReadOnlyList<ChartMarker> markers,
        IReadOnlyList<ChartLimit> limits,
        ChartUnit unit,
        double height = 210)
    {
        var points = series.SelectMany(line => line.Points).ToArray();
        var values = points.Where(point => point.Value is not null).ToArray();
        if (values.Length == 0)
            return null;

        var low = Math.Min(values.Min(point => point.Value!.Value), limits.Select(limit => limit.Value).DefaultIfEmpty(double.MaxValue).Min());
        var high = Math.Max(Roof(values), limits.Select(limit => limit.Value).DefaultIfEmpty(double.MinValue).Max());
        if (unit == ChartUnit.Points)
            low = Math.Min(low, values.Min(point => point.Low ?? 0));

        var axes = ChartAxes.Around(points.Min(point => point.At), points.Max(point => point.At), NiceTicks.For(low, high), unit, height, markers);
        var lines = series.Where(line => line.Points.Any(point => point.Value is not null)).Select(line => Line(line, axes)).ToArray();
        var ends = LabelPlacing.Spread([.. lines.Select(line => line.EndY)], LabelHeight, 4, height);
        return new(axes, [.. lines.Select((line, index) => line with { LabelY = ends[index] })]);
    }

    // One hour with three jobs has a band up to 80 %: the highest twentieth of the bands may leave the chart, no line may.
    private static double Roof(ChartPoint[] values)
    {
        var bands = values.Where(point => point.High is not null).Select(point => point.High!.Value).Order().ToArray();
        var line = values.Max(point => point.Value!.Value);
        return bands.Length == 0 ? line : Math.Max(line, bands[(int)Math.Floor((bands.Length - 1) * 0.95)]);
    }

    private static BandChartLine Line(ChartSeries series, ChartAxes axes)
    {
        double? Y(double? value) => value is { } number ? axes.Y.At(number) : null;
        var last = series.Points.Last(point => point.Value is not null);
        var y = axes.Y.At(last.Value!.Value);
        return new(
            series,
            series.Look ?? ExecutorLook.Of(series.Executor),
            SvgPaths.Line([.. series.Points.Select(point => (axes.Place(point.At), Y(point.Value)))]),
            SvgPaths.Band([.. series.Points.Select(point => (axes.Place(point.At), Y(point.High), Y(point.Low)))]),
            last.Value.Value,
            y,
            y);
    }
}

/// <summary>One line: its paths, its last value, and where its label stands after avoiding the others.</summary>
public sealed record BandChartLine(ChartSeries Series, ExecutorLook Look, string Path, string Band, double Last, double EndY, double LabelY)
{
    public string Name => Series.Name ?? Look.Word;

    public string EndName => Series.Look?.LineWord ?? Series.Name ?? Look.LineWord;
}
