using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Shared;

/// <summary>
/// A page that reads what its address says and reads again when the portal hints at a change. While it reads again,
/// the old data stays; when reading fails, the old data stays too, with the fault above it.
/// </summary>
public abstract partial class LivePage : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _left = new();
    private IDisposable? _subscription;
    private string? _readAddress;
    private bool _isReading;
    private bool _readAgain;
    private bool _isStale;

    [Inject]
    protected InstanceDirectory Instances { get; set; } = null!;

    [Inject]
    protected UrlState Url { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    [Inject]
    protected IWorldClock WorldClock { get; set; } = null!;

    [Inject]
    private IPortalEvents Events { get; set; } = null!;

    [Inject]
    private DatabaseFaults Database { get; set; } = null!;

    [Inject]
    private TimeProvider RealTime { get; set; } = null!;

    [Inject]
    private ILoggerFactory Logs { get; set; } = null!;

    /// <summary>The instance that the address names, else production. A part of a page that is of one instance says which.</summary>
    protected virtual InstanceId Instance =>
        Url["instance"] is { } name && Instances.Find(new InstanceId(name)) is { } known ? known.Id : Instances.Production.Id;

    protected DateTimeOffset Now => WorldClock.Now(Instance);

    /// <summary>Ends when the reader leaves the page.</summary>
    protected CancellationToken Leaving => _left.Token;

    /// <summary>False until the first reading ended.</summary>
    protected bool IsRead { get; private set; }

    /// <summary>Why the last reading failed, or null.</summary>
    protected PageFault? Fault { get; private set; }

    /// <summary>Which hints make the page read again.</summary>
    protected abstract IReadOnlyList<PortalTopic> Topics { get; }

    /// <summary>A busy portal hints many times a second; a page that redraws more often than this helps nobody.</summary>
    protected virtual TimeSpan Pause => TimeSpan.FromSeconds(2);

    /// <summary>Reads everything that the page shows, as its address says.</summary>
    protected abstract Task ReadAsync(CancellationToken cancel);

    /// <summary>What an id in the path names is of one instance: the address, and with it the frame and every link, then says which.</summary>
    protected void ShowInstance(InstanceId of)
    {
        if (of != Instance) Url.Set("instance", of.Name);
    }

    /// <summary>After a click that changed something.</summary>
    protected Task ReadAgainAsync() => InvokeAsync(ReadOnceAsync);

    protected override void OnInitialized()
    {
        _subscription = Events.Subscribe(OnHintAsync);
        Navigation.LocationChanged += OnLocationChanged;
    }

    protected override Task OnParametersSetAsync() => ReadAddressAsync();

    private Task ReadAddressAsync()
    {
        if (_readAddress == Navigation.Uri) return Task.CompletedTask;
        _readAddress = Navigation.Uri;
        return ReadOnceAsync();
    }

    // A page without parameters is not rendered again when only the query changes: tabs, ranges and filters are links.
    private void OnLocationChanged(object? sender, LocationChangedEventArgs moved)
    {
        if (_readAddress is { } read && new Uri(read).AbsolutePath == new Uri(moved.Location).AbsolutePath) _ = InvokeAsync(ReadAddressAsync);
    }

    private async Task OnHintAsync(PortalEvent happened)
    {
        if (!Topics.Contains(happened.Topic) || happened.Instance is { } instance && instance != Instance) return;
        if (_isStale || _left.IsCancellationRequested) return;
        _isStale = true;
        try
        {
            await Task.Delay(Pause, RealTime, _left.Token);
            _isStale = false;
            await InvokeAsync(ReadOnceAsync);
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
        }
    }

    private async Task ReadOnceAsync()
    {
        if (_left.IsCancellationRequested) return;
        if (_isReading)
        {
            // What is being read may be from before the change, or for the address before this one.
            _readAgain = true;
            return;
        }

        _isReading = true;
        try
        {
            do
            {
                _readAgain = false;
                var address = _readAddress;
                await ReadAsync(_left.Token);
                // Hints may come faster than a long reading ends: what is read is shown, unless it is of another address.
                if (address != _readAddress) continue;
                IsRead = true;
                StateHasChanged();
            }
            while (_readAgain);
            Fault = null;
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // Whatever kept the data away, the page says so and stays; the trace id finds it in the log.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Fault = new PageFault(Database.Explain(fault) ?? fault.Message, Activity.Current?.TraceId.ToHexString()[..8] ?? Guid.NewGuid().ToString("N")[..8]);
            ReadingFailed(Logs.CreateLogger<LivePage>(), fault, Navigation.ToBaseRelativePath(Navigation.Uri), Fault.TraceId);
        }
        finally
        {
            _isReading = false;
        }

        IsRead = true;
        StateHasChanged();
    }

    [LoggerMessage(7002, LogLevel.Error, "The page {Path} could not read its data, trace {TraceId}")]
    private static partial void ReadingFailed(ILogger log, Exception fault, string path, string traceId);

    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        _subscription?.Dispose();
        await _left.CancelAsync();
        _left.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>What a page says when its data could not be read.</summary>
public sealed record PageFault(string Message, string TraceId);
