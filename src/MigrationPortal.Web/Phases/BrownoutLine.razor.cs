using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <summary>A brownout in one line that counts down by itself: "docker-fallback is away, back in 12 min 30 s (12:15 UTC)".</summary>
public sealed partial class BrownoutLine : IDisposable
{
    [Inject]
    private PageClock Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public required BrownoutWindow Window { get; set; }

    private string Tag => Window.Tag;

    private bool IsBack => Window.ReturnedAt is not null;

    private bool IsAway => !IsBack && Left > TimeSpan.Zero;

    private TimeSpan Left => Window.Ending ? TimeSpan.Zero : Window.Until - Clock.Now;

    private string Said => IsBack ? $"Given back {Words.Stamp(Window.ReturnedAt!.Value, Clock.Now)} UTC."
        : IsAway ? $"({Window.Until.UtcDateTime:HH:mm:ss} UTC), by itself."
        : "now: it is tried until every runner has it.";

    protected override void OnInitialized() => Clock.Ticked += Redraw;

    private void Redraw() => InvokeAsync(StateHasChanged);

    public void Dispose() => Clock.Ticked -= Redraw;
}
