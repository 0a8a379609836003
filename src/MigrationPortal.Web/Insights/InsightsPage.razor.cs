using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Rates with their bands, shares and times at a glance, over a range that the address names. Each card reads by itself.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class InsightsPage
{
    private static readonly Dictionary<Dimension, string> Everything = [];
    private static readonly string[] Titles = ["Infrastructure failure rate", "All failures"];

    private InsightRange range = InsightRange.Of(null, "14d");
    private TimeWindow window;
    private IReadOnlyList<ChartMarker> markers = [];
    private DateTimeOffset completeSince;
    private JobCollection? known;
    private long finished;
    private int beat;

    [Inject]
    private IDurationReader Durations { get; set; } = null!;

    [Inject]
    private IInsightReader Reader { get; set; } = null!;

    [Inject]
    private FindIncidents Incidents { get; set; } = null!;

    [Inject]
    private IJobCollection Collection { get; set; } = null!;

    [Inject]
    private IMigrationStore Migration { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Jobs, PortalTopic.Phases];

    protected override TimeSpan Pause => InsightRange.Pause;

    private TimeWindow Day => TimeWindow.Last(TimeSpan.FromHours(24), window.To);

    protected override void OnInitialized()
    {
        base.OnInitialized();
        range = InsightRange.Of(Url["range"], "14d");
    }

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        range = InsightRange.Of(Url["range"], "14d");
        window = range.Window(Now);
        completeSince = await Reader.CompleteSinceAsync(Instance, window, cancel);
        known = await Collection.ReadAsync(Instance, cancel);
        markers = ChartData.Markers(await Migration.StateAsync(Instance, cancel), window, range.Bucket);
        finished = (await Reader.FailureRatesAsync(Filter(window, range.Bucket, Dimension.Executor, null), cancel)).Sum(point => point.Rate.Finished);
        beat++;
    }

    private async Task<RatesRead> ReadRatesAsync(FailureKind? kind, CancellationToken cancel)
    {
        var all = Asked(Dimension.Executor, kind);
        var asked = all with { Filter = all.Filter with { ManagedOnly = true } };
        var found = await Incidents.FindAsync(Instance, asked.Window, kind, cancel);
        return new RatesRead(asked, await RatesAsync(asked.Filter, cancel), await RatesAsync(asked.Filter with { Window = Day, Bucket = Bucket.Hour }, cancel), found);
    }

    private async Task<RatesRead> ReadReasonsAsync(CancellationToken cancel)
    {
        var asked = Asked(Dimension.Reason, null);
        return new RatesRead(asked, await RatesAsync(asked.Filter with { Bucket = Bucket.Day }, cancel), [], []);
    }

    private async Task<SharesRead> ReadSharesAsync(CancellationToken cancel)
    {
        var asked = Asked(Dimension.Executor, null);
        var since = completeSince;
        return new SharesRead(
            asked, WholeBuckets.Of(await Reader.SharesAsync(asked.Filter, cancel), point => point.At, asked.Window, since),
            WholeBuckets.Of(await Reader.SharesAsync(asked.Filter with { Window = Day, Bucket = Bucket.Hour }, cancel), point => point.At, Day, since));
    }

    private async Task<TimesRead> ReadTimesAsync(CancellationToken cancel)
    {
        var asked = Asked(Dimension.Executor, null);
        var (since, day) = (completeSince, Day);
        return new TimesRead(
            asked, WholeBuckets.Of(await Durations.DurationsAsync(asked.Filter, cancel), point => point.At, asked.Window, since),
            await Durations.TotalsAsync(asked.Filter with { Window = since > day.From ? day with { From = since } : day }, cancel));
    }

    private async Task<IReadOnlyList<RatePoint>> RatesAsync(InsightFilter filter, CancellationToken cancel) =>
        WholeBuckets.Of(await Reader.FailureRatesAsync(filter, cancel), point => point.At, filter.Window, completeSince);

    private Explorer Asked(Dimension by, FailureKind? kind) => new(range, window, Filter(window, range.Bucket, by, kind), false);

    private InsightFilter Filter(TimeWindow within, Bucket bucket, Dimension by, FailureKind? kind) => new(Instance, within, bucket, by, kind, Everything);

    private sealed record RatesRead(Explorer Asked, IReadOnlyList<RatePoint> Points, IReadOnlyList<RatePoint> LastDay, IReadOnlyList<Incident> Incidents)
    {
        public IReadOnlyList<ChartSpan> Spans => [.. Incidents.Select(one => new ChartSpan(one.Window.From, one.Window.To, IncidentWords.Say(one), IncidentWords.JobsHref(Asked, one)))];

        public string JobsHref(ChartSeries? line, DateTimeOffset at) => Asked.JobsHref(line?.Executor, Asked.BucketAt(at), failedOnly: true);
    }

    private sealed record SharesRead(Explorer Asked, IReadOnlyList<SharePoint> Points, IReadOnlyList<SharePoint> LastDay);

    private sealed record TimesRead(Explorer Asked, IReadOnlyList<DurationPoint> Points, IReadOnlyList<DurationPoint> LastDay);
}
