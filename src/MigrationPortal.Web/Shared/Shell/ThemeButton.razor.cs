using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>The moon in the header.</summary>
public sealed partial class ThemeButton : IDisposable
{
    [Inject]
    private Browser Browser { get; set; } = null!;

    [Inject]
    private ThemeState Theme { get; set; } = null!;

    protected override void OnInitialized() => Theme.Changed += Redraw;

    private async Task Switch()
    {
        var dark = !Theme.IsDark;
        await Browser.SetThemeAsync(dark ? "dark" : "light");
        Theme.Show(dark);
    }

    private void Redraw() => InvokeAsync(StateHasChanged);

    public void Dispose() => Theme.Changed -= Redraw;
}
