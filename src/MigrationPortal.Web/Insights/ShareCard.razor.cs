using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Which part of the jobs each executor started.</summary>
public sealed partial class ShareCard
{
    private IReadOnlyList<ShareRow> rows = [];
    private ShareRow last = new(default, 0, 0, 0);

    [Parameter, EditorRequired]
    public required InsightRange Range { get; set; }

    [Parameter, EditorRequired]
    public required TimeWindow Window { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<SharePoint> Points { get; set; }

    /// <summary>By the hour, of the last 24 h: what the sentence says.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<SharePoint> LastDay { get; set; }

    [Parameter]
    public IReadOnlyList<ChartMarker> Markers { get; set; } = [];

    [Parameter]
    public bool Untagged { get; set; }

    private string Csv => InsightCsv.Href("shares", Window, Range.Bucket, null);

    protected override void OnParametersSet()
    {
        rows = ChartData.Shares(Points, Window, Range.Bucket, Untagged);
        long Of(Func<string, bool> isIt) => LastDay.Where(point => isIt(point.Executor)).Sum(point => Untagged ? point.UntaggedStarted : point.Started);
        last = new ShareRow(Window.To, Of(name => name == "kubernetes"), Of(name => name == "docker"), Of(name => name is not ("kubernetes" or "docker")));
    }
}
