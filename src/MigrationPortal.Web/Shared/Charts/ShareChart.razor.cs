using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>Which part of the jobs each executor took over time, as stacked areas: solid, hatched, dotted.</summary>
public sealed partial class ShareChart
{
    private const int MostBuckets = 200;

    // Clip paths are found by id in the whole document.
    private readonly string id = "share-" + Guid.NewGuid().ToString("N")[..8];
    private ShareChartLayout? drawn;
    private TimeSpan bucket;

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>"<b>Kubernetes took 62 % of jobs</b> in the last 24 h (19,741 of 31,840)."</summary>
    [Parameter, EditorRequired]
    public required RenderFragment Say { get; set; }

    /// <summary>In the order of time, evenly spaced.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ShareRow> Rows { get; set; }

    [Parameter]
    public IReadOnlyList<ChartMarker> Markers { get; set; } = [];

    [Parameter]
    public string? Note { get; set; }

    [Parameter]
    public string? CsvHref { get; set; }

    /// <summary>The jobs behind a part of a bucket (by executor), or behind all of it (null).</summary>
    [Parameter]
    public Func<string?, DateTimeOffset, string>? JobsHref { get; set; }

    [Parameter]
    public string NoData { get; set; } = "No started jobs to show in this range";

    /// <summary>Spans whose data is not known: the page gives them to all its charts.</summary>
    [CascadingParameter]
    public IReadOnlyList<ChartGap> Gaps { get; set; } = [];

    [Parameter]
    public double Height { get; set; } = 210;

    private string Unit => string.Create(CultureInfo.InvariantCulture, $"scale({1 / ChartAxes.PlotWidth} {1 / drawn!.Axes.Height})");

    private string Spoken => $"{Title}. At the end: " + string.Join(", ", drawn!.Ends.Select(end => $"{end.Word} {Words.Share(end.Share)}"));

    private IEnumerable<(double At, double Width, string Told)> Buckets
    {
        get
        {
            var width = Rows.Count > 1 ? 1.0 / (Rows.Count - 1) : 1;
            foreach (var row in Rows.Count > MostBuckets ? [] : Rows)
            {
                var left = Math.Max(0, (drawn!.Axes.Place(row.At) / ChartAxes.PlotWidth) - (width / 2));
                yield return (left, Math.Min(width, 1 - left), $"{Stamp(row.At)}\nKubernetes: {Told(row.Kubernetes, row)}\ndocker: {Told(row.Docker, row)}\nother: {Told(row.Other, row)}");
            }
        }
    }

    protected override void OnParametersSet()
    {
        bucket = ChartGap.Bucket([.. Rows.Take(2).Select(row => row.At)]);
        drawn = ShareChartLayout.Of([.. Rows.Select(row => GapAt(row.At) is null ? row : new ShareRow(row.At, 0, 0, 0))], Markers, Height);
    }

    private IEnumerable<(string? Executor, long Jobs, string Told)> Cells(ShareRow row) =>
    [
        ("kubernetes", row.Kubernetes, Told(row.Kubernetes, row)), ("docker", row.Docker, Told(row.Docker, row)), ("other", row.Other, Told(row.Other, row)),
        (null, row.Total, GapAt(row.At) is null ? Words.Count(row.Total) : ""),
    ];

    private ChartGap? GapAt(DateTimeOffset at) => ChartGap.Around(Gaps, at, bucket);

    private string Told(long jobs, ShareRow row) => GapAt(row.At) is { } gap ? gap.Reason : row.Total == 0 ? "no data" : $"{Words.Share((double)jobs / row.Total)} ({Words.Count(jobs)})";

    private static string Stamp(DateTimeOffset at) =>
        at.UtcDateTime.ToString(at.UtcDateTime.TimeOfDay == TimeSpan.Zero ? "ddd d MMM" : "d MMM HH:mm", CultureInfo.InvariantCulture);
}
