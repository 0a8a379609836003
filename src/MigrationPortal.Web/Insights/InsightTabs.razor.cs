using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>The pages of insights as one set of tabs. Range and filters go along, so that a question can be looked at from all sides.</summary>
public sealed partial class InsightTabs : IDisposable
{
    private static readonly (string Title, string Path)[] Pages =
        [("Overview", "insights"), ("Failure rates", "insights/rates"), ("Shares", "insights/shares"), ("Times", "insights/times"), ("Regressions", "regressions"), ("Stragglers", "stragglers"), ("Twin runs", "insights/twins"), ("Jobs", "jobs")];

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private UrlState Url { get; set; } = null!;

    // A mark of one list means nothing on another page, nor does a page's number.
    private static readonly string[] Dropped = ["after", "page", "table", "status", "open", "show", "q"];

    // Shares and times count all runners and attempts.
    private static readonly string[] OfRates = ["managed", "attempts", "incidents"];

    private IReadOnlyList<TabLink> Tabs => [.. Pages.Select(page => new TabLink(page.Title, page.Path + Kept(page.Path), page.Path == Url.Page))];

    private string Kept(string path)
    {
        var dropped = path is "insights/shares" or "insights/times" ? Dropped.Concat(OfRates) : Dropped;
        var uri = Navigation.GetUriWithQueryParameters(dropped.ToDictionary(word => word, _ => (object?)null));
        return uri.Contains('?', StringComparison.Ordinal) ? uri[uri.IndexOf('?', StringComparison.Ordinal)..] : "";
    }

    protected override void OnInitialized() => Navigation.LocationChanged += OnMoved;

    private void OnMoved(object? sender, LocationChangedEventArgs moved) => InvokeAsync(StateHasChanged);

    public void Dispose() => Navigation.LocationChanged -= OnMoved;
}
