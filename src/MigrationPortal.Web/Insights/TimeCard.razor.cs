using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>How long jobs waited or ran, per executor over time: the median, and what 95 of 100 jobs stay under.</summary>
public sealed partial class TimeCard
{
    private static readonly string[] Order = ["docker", "kubernetes"];
    /// <summary>What the rollup's buckets of time may be off by.</summary>
    public static readonly string HistogramError = $"±{Words.Percent(TimeHistogram.RelativeError)}";

    private IReadOnlyList<ChartSeries> series = [];

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required InsightRange Range { get; set; }

    [Parameter, EditorRequired]
    public required TimeWindow Window { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<TimePoint> Points { get; set; }

    /// <summary>One an executor over the last 24 h: what the sentence says.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<TimePoint> LastDay { get; set; }

    [Parameter]
    public IReadOnlyList<ChartMarker> Markers { get; set; } = [];

    [Parameter]
    public string NoData { get; set; } = "No jobs with such a time to show in this range";

    /// <summary>What <see cref="LastDay"/> is of, where it is not the last day.</summary>
    [Parameter]
    public string Within { get; set; } = "in 24 h";

    /// <summary>How exact the times are.</summary>
    [Parameter]
    public string Error { get; set; } = HistogramError;

    [Parameter]
    public string? CsvHref { get; set; }

    /// <summary>The jobs behind a value.</summary>
    [Parameter]
    public Func<ChartSeries?, DateTimeOffset, string>? JobsHref { get; set; }

    private string Csv => CsvHref ?? InsightCsv.Href("durations", Window, Range.Bucket, null);

    // The histogram's own error is no difference between executors.
    private string Finding => (Day("kubernetes")?.P50, Day("docker")?.P50) switch
    {
        (not null, not null) when Math.Min(Day("kubernetes")!.Jobs, Day("docker")!.Jobs) < ChartData.LeastJobs => "Too few jobs to compare",
        ({ } kubernetes, { } docker) when kubernetes + 1 > (docker + 1) * Apart => "Longer on Kubernetes",
        ({ } kubernetes, { } docker) when docker + 1 > (kubernetes + 1) * Apart => "Longer on docker",
        (not null, not null) => "No clear difference",
        (null, null) => "No jobs",
        (null, _) => "Kubernetes ran no jobs",
        _ => "docker ran no jobs",
    };

    private static double Apart { get; } = Math.Pow(1 + TimeHistogram.RelativeError, 2);

    protected override void OnParametersSet() => series = ChartData.Times(Points, Window, Range.Bucket, Order);

    private TimePoint? Day(string executor) => LastDay.FirstOrDefault(point => point.Executor == executor && point.P50 is not null);

    private string Of(string executor) => Day(executor) is { } day
        ? $"half of {Words.Count(day.Jobs, "job")} within {ChartValue.Say(day.P50, ChartUnit.Seconds)}, 95 % within {ChartValue.Say(day.P95, ChartUnit.Seconds)}"
        : "no jobs";
}
