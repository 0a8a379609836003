using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Readiness;

/// <summary>For everybody with a CI file: what in it will not work, and why a job failed. The tab lives in the URL, what is pasted nowhere.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed partial class CheckPage : IDisposable
{
    private const string Explain = "explain";

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Inject]
    private InstanceDirectory Instances { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool IsExplaining => Url["tab"] == Explain;

    private InstanceId Instance => Url["instance"] is { } name && Instances.Find(new InstanceId(name)) is { } known ? known.Id : Instances.Production.Id;

    // Both tabs stay, so that what was pasted into one is still there after a look at the other.
    private IReadOnlyList<TabLink> Tabs => [new("Check my CI file", Url.With("tab", null), !IsExplaining), new("Explain a failed job", Url.With("tab", Explain), IsExplaining)];

    protected override void OnInitialized() => Navigation.LocationChanged += OnMoved;

    private void OnMoved(object? sender, LocationChangedEventArgs moved) => InvokeAsync(StateHasChanged);

    public void Dispose() => Navigation.LocationChanged -= OnMoved;
}
