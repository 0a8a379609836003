using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Failure rate per executor over time, with its band: managed runners, because only those are compared.</summary>
public sealed partial class RateCard
{
    private static readonly string[] Order = ["docker", "kubernetes"];

    private IReadOnlyList<ChartSeries> series = [];
    private Rate kubernetes;
    private Rate docker;

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The kind of failure in the API's word, for the CSV.</summary>
    [Parameter, EditorRequired]
    public required string Kind { get; set; }

    [Parameter, EditorRequired]
    public required InsightRange Range { get; set; }

    [Parameter, EditorRequired]
    public required TimeWindow Window { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<RatePoint> Points { get; set; }

    /// <summary>By the hour, of the last 24 h: what the sentence says.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<RatePoint> LastDay { get; set; }

    [Parameter]
    public IReadOnlyList<ChartMarker> Markers { get; set; } = [];

    /// <summary>Of the same kind, marked on the chart.</summary>
    [Parameter]
    public IReadOnlyList<ChartSpan> Spans { get; set; } = [];

    /// <summary>The jobs behind a value.</summary>
    [Parameter]
    public Func<ChartSeries?, DateTimeOffset, string>? JobsHref { get; set; }

    private string Csv => InsightCsv.Href("failure-rates", Window, Range.Bucket, Kind) + "&managed=true";

    private string Finding => Compare(kubernetes, docker);

    /// <summary>Overlapping intervals decide nothing either way; the sentence stays as careful as the picture.</summary>
    public static string Compare(Rate kubernetes, Rate docker)
    {
        if (WilsonInterval.Of(kubernetes) is not { } k || WilsonInterval.Of(docker) is not { } d)
            return kubernetes.Finished + docker.Finished == 0 ? "No job finished" : docker.Finished == 0 ? "docker ran no jobs" : "Kubernetes ran no jobs";
        if (Math.Min(kubernetes.Finished, docker.Finished) < ChartData.LeastJobs) return "Too few jobs to compare";
        if (k.Low > d.High) return "Kubernetes fails more often";
        return d.Low > k.High ? "docker fails more often" : "No clear difference";
    }

    protected override void OnParametersSet()
    {
        series = ChartData.Rates(Points, Window, Range.Bucket, Order);
        (kubernetes, docker) = (ChartData.Total(LastDay, "kubernetes"), ChartData.Total(LastDay, "docker"));
    }
}
