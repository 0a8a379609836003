using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>How long jobs waited and ran per executor, also of a project, a tag, a runner or a version.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class TimesPage
{
    [Inject]
    private IDurationReader Durations { get; set; } = null!;

    private async Task<Shown> ReadTimesAsync(CancellationToken cancel)
    {
        var since = CompleteSince;
        var (asked, isCut) = await ReachedAsync(Measure.Times, cancel);
        var points = WholeBuckets.Of(await Durations.DurationsAsync(asked.Filter, cancel), point => point.At, asked.Window, since);
        var whole = asked.Window with { From = since > asked.Window.From ? since : asked.Window.From };
        var totals = await Durations.TotalsAsync(asked.Filter with { Window = whole }, cancel);
        return new Shown(asked, isCut, whole.From, points, totals);
    }

    private sealed record Shown(Explorer Asked, bool IsCut, DateTimeOffset Since, IReadOnlyList<DurationPoint> Points, IReadOnlyList<DurationPoint> Totals)
    {
        public IReadOnlyList<TimePoint> Queued { get; } = [.. Points.Select(TimePoint.Queued)];

        public IReadOnlyList<TimePoint> Ran { get; } = [.. Points.Select(TimePoint.Ran)];

        public IReadOnlyList<TimePoint> QueuedTotal { get; } = [.. Totals.Select(TimePoint.Queued)];

        public IReadOnlyList<TimePoint> RanTotal { get; } = [.. Totals.Select(TimePoint.Ran)];

        public string Within => Asked.Say(Since);

        public string Error => Asked.Filter.Where.Keys.Any(one => one != Dimension.Executor) ? "exact, from single jobs" : TimeCard.HistogramError;

        public string JobsHref(ChartSeries? line, DateTimeOffset at, bool byStart)
        {
            var where = new Dictionary<Dimension, string>(Asked.Filter.Where);
            if (line is not null) where[Dimension.Executor] = line.Executor;
            return (Asked with { Filter = Asked.Filter with { Where = where } }).JobsHref(null, Asked.BucketAt(at), failedOnly: false, byStart);
        }
    }
}
