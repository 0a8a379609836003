using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Options;

namespace MigrationPortal.Web.Shared;

/// <summary>The 48 px bar. On phones it keeps the menu, the name of the instance, the time and the reader.</summary>
public sealed partial class AppHeader : IDisposable
{
    private bool isMenuOpen;

    [Inject]
    private ShellState Shell { get; set; } = null!;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private JumpState Jump { get; set; } = null!;

    [Inject]
    private PageCatalog Catalog { get; set; } = null!;

    [Inject]
    private IOptions<ShellParts> Parts { get; set; } = null!;

    /// <summary>The top navigation of maintainers instead of switcher, search and automation.</summary>
    [Parameter]
    public bool ForMaintainers { get; set; }

    /// <summary>The menu button of small screens was pressed.</summary>
    [Parameter]
    public EventCallback OnMenu { get; set; }

    /// <summary>A maintainer's page by name, where there is no room for the navigation that shows it.</summary>
    /// <param name="page">Its address, such as "help/12".</param>
    public static string NameOf(string page) => NavMap.User.FirstOrDefault(item => page == item.Href || page.StartsWith(item.Href + "/", StringComparison.Ordinal))?.Title ?? "MigrationPortal";

    /// <summary>The first letters of the first and the last word: "Mara Lindqvist" → "ML".</summary>
    public static string Initials(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length switch
        {
            0 => "?",
            1 => words[0][..1].ToUpperInvariant(),
            _ => (words[0][..1] + words[^1][..1]).ToUpperInvariant(),
        };
    }

    protected override void OnInitialized()
    {
        Shell.Changed += Redraw;
        Navigation.LocationChanged += OnMoved;
    }

    private async Task Menu()
    {
        isMenuOpen = !isMenuOpen;
        await OnMenu.InvokeAsync();
    }

    private void Redraw() => InvokeAsync(StateHasChanged);

    private void OnMoved(object? sender, LocationChangedEventArgs moved) => Redraw();

    public void Dispose()
    {
        Shell.Changed -= Redraw;
        Navigation.LocationChanged -= OnMoved;
    }
}
