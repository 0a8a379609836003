using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Insights;

/// <summary>Rates with their bands and shares, over a range that the address names.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class InsightsPage
{
    private static readonly Dictionary<Dimension, string> Everything = [];

    private InsightRange range = InsightRange.Of(null, "14d");
    private TimeWindow window;
    private PhaseState? state;
    private DateTimeOffset completeSince;
    private long finished;
    private IReadOnlyList<RatePoint> infrastructure = [];
    private IReadOnlyList<RatePoint> infrastructureDay = [];
    private IReadOnlyList<RatePoint> all = [];
    private IReadOnlyList<RatePoint> allDay = [];
    private IReadOnlyList<RatePoint> reasons = [];
    private IReadOnlyList<SharePoint> shares = [];
    private IReadOnlyList<SharePoint> sharesDay = [];

    private IReadOnlyList<TimePoint> queued = [];
    private IReadOnlyList<TimePoint> queuedDay = [];
    private IReadOnlyList<TimePoint> ran = [];
    private IReadOnlyList<TimePoint> ranDay = [];

    [Inject]
    private IDurationReader Durations { get; set; } = null!;

    [Inject]
    private IInsightReader Reader { get; set; } = null!;

    [Inject]
    private IMigrationStore Migration { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Jobs, PortalTopic.Phases];

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        range = InsightRange.Of(Url["range"], "14d");
        window = range.Window(Now);
        var day = TimeWindow.Last(TimeSpan.FromHours(24), Now);
        state = await Migration.StateAsync(Instance, cancel);
        completeSince = await Reader.CompleteSinceAsync(Instance, window, cancel);
        infrastructure = await RatesAsync(window, range.Bucket, Dimension.Executor, FailureKind.Infrastructure, cancel);
        infrastructureDay = await RatesAsync(day, Bucket.Hour, Dimension.Executor, FailureKind.Infrastructure, cancel);
        all = await RatesAsync(window, range.Bucket, Dimension.Executor, null, cancel);
        allDay = await RatesAsync(day, Bucket.Hour, Dimension.Executor, null, cancel);
        reasons = await RatesAsync(window, Bucket.Day, Dimension.Reason, null, cancel);
        shares = WholeBuckets.Of(await Reader.SharesAsync(Filter(window, range.Bucket, Dimension.Executor, null), cancel), point => point.At, window, completeSince);
        sharesDay = WholeBuckets.Of(await Reader.SharesAsync(Filter(day, Bucket.Hour, Dimension.Executor, null), cancel), point => point.At, day, completeSince);
        await ReadTimesAsync(day, cancel);
        finished = all.Sum(point => point.Rate.Finished);
    }

    private async Task ReadTimesAsync(TimeWindow day, CancellationToken cancel)
    {
        var points = WholeBuckets.Of(await Durations.DurationsAsync(Filter(window, range.Bucket, Dimension.Executor, null), cancel), point => point.At, window, completeSince);
        var lastDay = await Durations.TotalsAsync(Filter(completeSince > day.From ? day with { From = completeSince } : day, Bucket.Hour, Dimension.Executor, null), cancel);
        (queued, ran) = ([.. points.Select(TimePoint.Queued)], [.. points.Select(TimePoint.Ran)]);
        (queuedDay, ranDay) = ([.. lastDay.Select(TimePoint.Queued)], [.. lastDay.Select(TimePoint.Ran)]);
    }

    private async Task<IReadOnlyList<RatePoint>> RatesAsync(TimeWindow within, Bucket bucket, Dimension by, FailureKind? kind, CancellationToken cancel) => WholeBuckets.Of(
        await Reader.FailureRatesAsync(Filter(within, bucket, by, kind) with { ManagedOnly = by == Dimension.Executor }, cancel), point => point.At, within, completeSince);

    private InsightFilter Filter(TimeWindow within, Bucket bucket, Dimension by, FailureKind? kind) => new(Instance, within, bucket, by, kind, Everything);
}
