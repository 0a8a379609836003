using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace MigrationPortal.Web.Shared;

/// <summary>The row above a list. Its chips are drawn from the URL, and it writes only there: the page reads the same URL.</summary>
public sealed partial class FilterBar : IDisposable
{
    [Inject]
    private UrlState Url { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Parameter, EditorRequired]
    public required IReadOnlyList<FilterDef> Filters { get; set; }

    /// <summary>"Filter runners"; without it there is no text field.</summary>
    [Parameter]
    public string? SearchHint { get; set; }

    [Parameter]
    public string SearchKey { get; set; } = "q";

    /// <summary>"11 of 12, live".</summary>
    [Parameter]
    public string? Count { get; set; }

    /// <summary>At the right: CSV, columns.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private void Choose(FilterDef filter, string value)
    {
        if (filter.OnlyOne) Url.Set(filter.Key, Url[filter.Key] == value ? null : value);
        else Url.Toggle(filter.Key, value);
    }

    protected override void OnInitialized() => Navigation.LocationChanged += OnMoved;

    private void OnMoved(object? sender, LocationChangedEventArgs moved) => InvokeAsync(StateHasChanged);

    public void Dispose() => Navigation.LocationChanged -= OnMoved;
}
