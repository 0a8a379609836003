using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>
/// A value per executor over time, with its confidence band, phase markers and direct labels. Gaps stay gaps; without
/// any value it says so instead of drawing an empty chart.
/// </summary>
public sealed partial class BandChart
{
    // Above this a bucket is narrower than the pointer, and the table tells more.
    private const int MostBuckets = 200;
    private const double LeastSpan = 0.006;

    private BandChartLayout? drawn;
    private DateTimeOffset[] times = [];
    private TimeSpan bucket;
    private Dictionary<DateTimeOffset, ChartPoint>[] points = [];

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>"<b>Both fail about equally often</b>: Kubernetes 55 of 19,741 (0.28 %), docker 34 of 10,826 (0.31 %) in 24 h."</summary>
    [Parameter, EditorRequired]
    public required RenderFragment Say { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ChartSeries> Series { get; set; }

    [Parameter]
    public IReadOnlyList<ChartMarker> Markers { get; set; } = [];

    [Parameter]
    public IReadOnlyList<ChartLimit> Limits { get; set; } = [];

    /// <summary>Times marked behind the lines: incidents.</summary>
    [Parameter]
    public IReadOnlyList<ChartSpan> Spans { get; set; } = [];

    /// <summary>The jobs behind a value of a line, or behind a bucket (no line).</summary>
    [Parameter]
    public Func<ChartSeries?, DateTimeOffset, string>? JobsHref { get; set; }

    [Parameter]
    public ChartUnit Unit { get; set; }

    /// <summary>"30 days, 95 % band".</summary>
    [Parameter]
    public string? Note { get; set; }

    [Parameter]
    public string? CsvHref { get; set; }

    /// <summary>Head of the table's column for the band.</summary>
    [Parameter]
    public string LimitsName { get; set; } = "95 % limits";

    /// <summary>What is said where there is no value at all.</summary>
    [Parameter]
    public string NoData { get; set; } = "No finished jobs to show in this range";

    /// <summary>Room for the words at the ends of the lines, in px.</summary>
    [Parameter]
    public int Right { get; set; } = 76;

    /// <summary>Spans whose data is not known: the page gives them to all its charts.</summary>
    [CascadingParameter]
    public IReadOnlyList<ChartGap> Gaps { get; set; } = [];

    /// <summary>Height of the plot in px.</summary>
    [Parameter]
    public double Height { get; set; } = 210;

    private string Spoken => $"{Title}. " + string.Join(", ", drawn!.Lines.Select(line => $"{line.Name} is at {ChartValue.Say(line.Last, Unit)}"));

    // One pointer target a bucket, with all values in words.
    private IEnumerable<(DateTimeOffset Begin, double At, double Width, string Told)> Buckets
    {
        get
        {
            var width = times.Length > 1 ? 1.0 / (times.Length - 1) : 1;
            foreach (var at in times.Length > MostBuckets ? [] : times)
            {
                var left = Math.Max(0, (drawn!.Axes.Place(at) / ChartAxes.PlotWidth) - (width / 2));
                yield return (at, left, Math.Min(width, 1 - left), $"{Stamp(at)}\n{string.Join('\n', Series.Select((line, index) => $"{Name(line)}: {Told(index, at)}"))}");
            }
        }
    }

    // An hour in a month is thinner than a line: it gets at least as much as can be seen.
    private IEnumerable<(double Left, double Width, ChartSpan Span)> Marked => Spans
        .Select(span => (Left: Math.Clamp(drawn!.Axes.Place(span.From) / ChartAxes.PlotWidth, 0, 1), Right: Math.Clamp(drawn.Axes.Place(span.To) / ChartAxes.PlotWidth, 0, 1), Span: span))
        .Select(one => (Math.Min(one.Left, 1 - LeastSpan), Math.Max(LeastSpan, one.Right - one.Left), one.Span));

    protected override void OnParametersSet()
    {
        times = [.. Series.SelectMany(line => line.Points).Select(point => point.At).Distinct().Order()];
        bucket = ChartGap.Bucket(times);
        var known = Series.Select(line => line with { Points = [.. line.Points.Select(point => GapAt(point.At) is null ? point : new ChartPoint(point.At, null))] }).ToArray();
        drawn = BandChartLayout.Of(known, Markers, Limits, Unit, Height);
        points = [.. known.Select(line => line.Points.DistinctBy(point => point.At).ToDictionary(point => point.At))];
    }

    private ChartGap? GapAt(DateTimeOffset at) => ChartGap.Around(Gaps, at, bucket);

    private static string Name(ChartSeries line) => line.Name ?? line.Look?.Word ?? ExecutorLook.Of(line.Executor).Word;

    private string Told(int series, DateTimeOffset at) => GapAt(at) is { } gap ? gap.Reason : points[series].TryGetValue(at, out var point) ? ChartValue.Say(point, Unit) : "no data";

    private string? HrefOf(int series, DateTimeOffset at) =>
        JobsHref is not null && points[series].TryGetValue(at, out var point) && point.Value is not null ? JobsHref(Series[series], at) : null;

    private string LimitsTold(int series, DateTimeOffset at) =>
        points[series].TryGetValue(at, out var point) && point is { Low: { } low, High: { } high }
            ? $"{ChartValue.Say(low, Unit)} to {ChartValue.Say(high, Unit)}"
            : "";

    private static string Stamp(DateTimeOffset at) =>
        at.UtcDateTime.ToString(at.UtcDateTime.TimeOfDay == TimeSpan.Zero ? "ddd d MMM" : "d MMM HH:mm", CultureInfo.InvariantCulture);
}
