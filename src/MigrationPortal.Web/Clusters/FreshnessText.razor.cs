using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Clusters.Live;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>How old what is seen is: "seen 3 s ago, watching". Real time, and counts on by itself.</summary>
public sealed partial class FreshnessText : IDisposable
{
    [Inject]
    private PageClock Clock { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <summary>Null while nobody watches.</summary>
    [Parameter, EditorRequired]
    public required WatchFreshness? Of { get; set; }

    protected override void OnInitialized() => Clock.Ticked += Redraw;

    private void Redraw() => InvokeAsync(StateHasChanged);

    public void Dispose() => Clock.Ticked -= Redraw;
}
