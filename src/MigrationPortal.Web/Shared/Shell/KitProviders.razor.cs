using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace MigrationPortal.Web.Shared;

/// <summary>What both layouts need once: MudBlazor's providers, the hatch and dot patterns, the feed of the frame, the clock's tick.</summary>
public sealed partial class KitProviders : IDisposable
{
    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(5);

    private bool isDark;
    private ITimer? timer;

    [Inject]
    private Browser Browser { get; set; } = null!;

    [Inject]
    private ThemeState Theme { get; set; } = null!;

    [Inject]
    private PageClock Clock { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IOptions<ShellParts> Parts { get; set; } = null!;

    /// <summary>Ages and times in the reader's own zone instead of UTC.</summary>
    [Parameter]
    public bool YourTime { get; set; }

    protected override void OnInitialized()
    {
        Theme.Changed += OnThemeChanged;
        timer = Time.CreateTimer(_ => InvokeAsync(Clock.Tick), null, TickEvery, TickEvery);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        Theme.Show(await Browser.ThemeAsync() == "dark");
        if (YourTime)
            Clock.ShowYourTime(await Browser.OffsetAsync());
        else
            Clock.ShowUtc();
    }

    private void OnThemeChanged()
    {
        isDark = Theme.IsDark;
        InvokeAsync(StateHasChanged);
    }

    public void Dispose()
    {
        Theme.Changed -= OnThemeChanged;
        timer?.Dispose();
    }
}
