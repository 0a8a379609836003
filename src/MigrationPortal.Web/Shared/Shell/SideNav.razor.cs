using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace MigrationPortal.Web.Shared;

/// <summary>The navigation: 184 px at the left, on small screens a drawer behind the menu button.</summary>
public sealed partial class SideNav : IDisposable
{
    private IReadOnlyList<NavGroup> groups = [];

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

    /// <summary>The drawer of small screens.</summary>
    [Parameter, EditorRequired]
    public bool IsOpen { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    /// <summary>Instead of the built pages of <see cref="NavMap.Admin"/>.</summary>
    [Parameter]
    public IReadOnlyList<NavGroup>? Groups { get; set; }

    protected override void OnInitialized()
    {
        groups = Groups ?? Catalog.Built(NavMap.Admin);
        Shell.Changed += Redraw;
        Navigation.LocationChanged += OnMoved;
    }

    // Links lead to the instance that is seen.
    private void OnMoved(object? sender, LocationChangedEventArgs moved) => Redraw();

    private bool IsHere(NavItem item) => Url.Page == item.Href || (item.Href.Length > 0 && Url.Page.StartsWith(item.Href + "/", StringComparison.Ordinal));

    private void Redraw() => InvokeAsync(StateHasChanged);

    public void Dispose()
    {
        Shell.Changed -= Redraw;
        Navigation.LocationChanged -= OnMoved;
    }
}
