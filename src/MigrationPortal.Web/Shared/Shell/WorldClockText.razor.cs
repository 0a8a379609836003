using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>The instance's time in the header, with a chip where it is not real time.</summary>
public sealed partial class WorldClockText : IDisposable
{
    [Inject]
    private PageClock Clock { get; set; } = null!;

    protected override void OnInitialized() => Clock.Ticked += Redraw;

    private void Redraw() => InvokeAsync(StateHasChanged);

    public void Dispose() => Clock.Ticked -= Redraw;
}
