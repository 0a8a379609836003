using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>The values of a dimension, worst first, twenty at a time; each leads to its jobs, and can be drawn or narrowed to.</summary>
public sealed partial class RankCard : IDisposable
{
    private const int PerPage = 20;

    private double scale = 1;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Parameter, EditorRequired]
    public required RatesShown Shown { get; set; }

    private Dimension By => Shown.Asked.Filter.By;

    private int Pages => (Shown.Ranked.Count + PerPage - 1) / PerPage;

    private int Page => int.TryParse(Url["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, Math.Max(1, Pages)) : 1;

    private int First => (Page - 1) * PerPage;

    private IEnumerable<(int Place, RateTotal One)> Rows => Shown.Ranked.Skip(First).Take(PerPage).Select((one, index) => (First + index + 1, one));

    private string Note => Shown.Ranked.Count > PerPage
        ? $"{(Page == 1 ? "top 20" : $"{First + 1} to {Math.Min(First + PerPage, Shown.Ranked.Count)}")} of {Words.Count(Shown.Ranked.Count)}, by the lower limit"
        : "by the lower limit of the rate";

    protected override void OnInitialized() => Navigation.LocationChanged += OnMoved;

    // Bars of one page share a scale, and one value with three jobs must not flatten the others.
    protected override void OnParametersSet() =>
        scale = Math.Max(0.001, Shown.Ranked.Take(PerPage).Select(one => Math.Max(one.Rate.Value ?? 0, Math.Min(WilsonInterval.Of(one.Rate)?.High ?? 0, 2 * (one.Rate.Value ?? 0)))).DefaultIfEmpty(1).Max());

    private bool IsDrawn(string value) => Shown.Lines.Any(line => line.Executor == value);

    // Taking one more than the chart can hold lets the first one go.
    private string PickHref(string value)
    {
        var drawn = Shown.Lines.Select(line => line.Executor).ToList();
        var picked = IsDrawn(value) ? drawn.Where(one => one != value) : drawn.Append(value).TakeLast(Explorer.MostLines);
        return Url.With("pick", string.Join(',', picked.Select(Explorer.Shown)));
    }

    private string NarrowHref(string value) => Url.With(
    [
        KeyValuePair.Create(InsightQuery.Word(By), (string?)Explorer.Shown(value)), KeyValuePair.Create("by", (string?)null), KeyValuePair.Create("pick", (string?)null), KeyValuePair.Create("page", (string?)null),
    ]);

    private string Part(double fraction) => (Math.Min(1, fraction / scale) * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private void OnMoved(object? sender, LocationChangedEventArgs moved) => InvokeAsync(StateHasChanged);

    public void Dispose() => Navigation.LocationChanged -= OnMoved;
}
