using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace MigrationPortal.Web.Shared;

/// <summary>A page that throws takes only itself down. The next navigation, or the button, starts it afresh.</summary>
public sealed partial class PageErrorBoundary : IDisposable
{
    private string? traceId;

    [Inject]
    private ILogger<PageErrorBoundary> Log { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override void OnInitialized() => Navigation.LocationChanged += OnMoved;

    protected override Task OnErrorAsync(Exception exception)
    {
        // A circuit has no request of its own, so the id is made here where no activity runs.
        traceId = Activity.Current?.TraceId.ToHexString()[..8] ?? Guid.NewGuid().ToString("N")[..8];
        PageFailed(exception, new Uri(Navigation.Uri).AbsolutePath, traceId);
        return Task.CompletedTask;
    }

    private void Again() => Recover();

    private void OnMoved(object? sender, LocationChangedEventArgs moved) => InvokeAsync(Recover);

    [LoggerMessage(7001, LogLevel.Error, "The page {Path} failed, trace {TraceId}")]
    private partial void PageFailed(Exception exception, string path, string traceId);

    public void Dispose() => Navigation.LocationChanged -= OnMoved;
}
