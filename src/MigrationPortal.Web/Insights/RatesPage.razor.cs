using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Failure rates by any dimension, narrowed by any other: over time, ranked, and with the incidents in them.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class RatesPage
{
    private Explorer asked = null!;
    private DateTimeOffset completeSince;
    private IReadOnlyList<ChartMarker> markers = [];
    private IReadOnlyDictionary<string, string> filterNames = new Dictionary<string, string>();
    private int beat;

    [Inject]
    private ReadRates Rates { get; set; } = null!;

    [Inject]
    private IInsightReader Reader { get; set; } = null!;

    [Inject]
    private IMigrationStore Migration { get; set; } = null!;

    [Inject]
    private ValueNames Names { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Jobs, PortalTopic.Phases];

    protected override TimeSpan Pause => InsightRange.Pause;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        asked = Explorer.Of(Url, Instance, Now);
    }

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        var now = Explorer.Of(Url, Instance, Now);
        completeSince = await Reader.CompleteSinceAsync(Instance, now.Window, cancel);
        markers = ChartData.Markers(await Migration.StateAsync(Instance, cancel), now.Window, now.Filter.Bucket);
        filterNames = await Names.OfFiltersAsync(now.Filter, cancel);
        (asked, beat) = (now, beat + 1);
    }

    private Task<RatesShown> ReadRatesAsync(CancellationToken cancel) => Rates.ReadAsync(asked, completeSince, cancel);
}
