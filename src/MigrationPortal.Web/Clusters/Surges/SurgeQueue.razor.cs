using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters.Surges;

/// <summary>How many jobs waited for such a runner, and how many the lent ones ran, over the time of a surge.</summary>
public sealed partial class SurgeQueue
{
    private IReadOnlyList<ChartSeries> series = [];
    private IReadOnlyList<ChartMarker> markers = [];

    [Parameter, EditorRequired]
    public required Surge Surge { get; set; }

    /// <summary>Oldest first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<SurgeSample> Samples { get; set; }

    private string Said => Samples.Count == 0 ? $"{Words.Count(Surge.QueuedBefore, "job")} waited when it was asked for."
        : Samples[^1].Queued <= Surge.QueuedBefore ? $"{Words.Count(Surge.QueuedBefore, "job")} waited when it was asked for, {Words.Count(Samples[^1].Queued)} when the queue was last read."
        : $"The queue grew from {Words.Count(Surge.QueuedBefore)} to {Words.Count(Samples[^1].Queued)} all the same.";

    protected override void OnParametersSet()
    {
        // What waited before is the line's first point: from there it goes down.
        IEnumerable<ChartPoint> before = Samples.Count == 0 ? [] : [new ChartPoint(Surge.AskedAt, Surge.QueuedBefore)];
        series = Samples.Count == 0 ? [] :
        [
            new ChartSeries("", [.. before, .. Samples.Select(one => new ChartPoint(one.At, one.Queued))]) { Name = "waiting", Look = ExecutorLook.Line(0, "waiting") },
            new ChartSeries("", [.. Samples.Select(one => new ChartPoint(one.At, one.Running))]) { Name = "on lent runners", Look = ExecutorLook.Line(1, "lent") },
        ];
        markers = Surge.LentAt is { } at ? [new ChartMarker(at, "lent")] : [];
    }
}
