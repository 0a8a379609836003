using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace MigrationPortal.Web.Shared;

/// <summary>Around every chart: title, one sentence, chart or table, CSV. Whether the table shows lives in the URL.</summary>
public sealed partial class ChartFrame : IDisposable
{
    [Inject]
    private UrlState Url { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>Its bold part is the finding, the rest the numbers.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment Say { get; set; }

    /// <summary>"30 days, 95 % band".</summary>
    [Parameter]
    public string? Note { get; set; }

    [Parameter]
    public string? CsvHref { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment Chart { get; set; }

    /// <summary>The same data as an accessible table.</summary>
    [Parameter]
    public RenderFragment? Table { get; set; }

    private string Key => string.Concat(Title.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));

    private bool IsTable => Url.All("table").Contains(Key);

    protected override void OnInitialized() => Navigation.LocationChanged += OnMoved;

    private void Switch() => Url.Toggle("table", Key);

    private void OnMoved(object? sender, LocationChangedEventArgs moved) => InvokeAsync(StateHasChanged);

    public void Dispose() => Navigation.LocationChanged -= OnMoved;
}
