using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>What the pages of rates, of shares and of times have in common: the question of the address, and how far it can be answered.</summary>
public abstract class ExplorerPage : LivePage
{
    [Inject]
    protected IInsightReader Reader { get; set; } = null!;

    [Inject]
    private IJobCollection Collection { get; set; } = null!;

    [Inject]
    private IMigrationStore Migration { get; set; } = null!;

    [Inject]
    private ValueNames Names { get; set; } = null!;

    protected Explorer Asked { get; private set; } = null!;

    protected DateTimeOffset CompleteSince { get; private set; }

    protected JobCollection? Known { get; private set; }

    protected IReadOnlyList<ChartMarker> Markers { get; private set; } = [];

    protected IReadOnlyDictionary<string, string> FilterNames { get; private set; } = new Dictionary<string, string>();

    protected int Beat { get; private set; }

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Jobs, PortalTopic.Phases];

    protected override TimeSpan Pause => InsightRange.Pause;

    /// <summary>What stands in the address and cannot narrow shares and times: only failed jobs have a reason or kind, and both count all runners and attempts.</summary>
    protected string? CannotNarrow =>
        Asked.Filter.Where.ContainsKey(Dimension.Reason) ? "reason" : Asked.Filter.Kind is not null ? "kind" : Asked.Filter.Where.ContainsKey(Dimension.Cluster) ? "cluster"
        : Asked.Filter.ManagedOnly ? "managed" : Asked.Filter.FirstAttempts ? "attempts" : null;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Asked = Explorer.Of(Url, Instance, Now);
    }

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        var now = Explorer.Of(Url, Instance, Now);
        CompleteSince = await Reader.CompleteSinceAsync(Instance, now.Window, cancel);
        Known = await Collection.ReadAsync(Instance, cancel);
        Markers = ChartData.Markers(await Migration.StateAsync(Instance, cancel), now.Window, now.Filter.Bucket);
        FilterNames = await Names.OfFiltersAsync(now.Filter, cancel);
        (Asked, Beat) = (now, Beat + 1);
    }

    /// <summary>The question over as much of its window as can be read at once and is read whole, and whether that is less than asked.</summary>
    protected async Task<(Explorer Asked, bool IsCut)> ReachedAsync(Measure measure, CancellationToken cancel)
    {
        var asked = Asked;
        var reach = await Reader.ReachAsync(asked.Filter, measure, cancel);
        return (asked.In(reach.Window), reach.Window.From > asked.Window.From);
    }
}
