using System.Diagnostics;
using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>
/// A part of a page that reads by itself, so that no part waits for another: a skeleton first, then its content; the old
/// content, dimmed, while a new question is answered. Live changes wait while the pointer is inside, and while a reading
/// so soon would cost the database more than a twentieth of its time.
/// </summary>
/// <typeparam name="T">Holds all that the content shows, also the question: a late answer is then never shown under a newer question's name.</typeparam>
public sealed partial class Loaded<T> : IDisposable
{
    private const int Rest = 20;

    private CancellationTokenSource _reading = new();
    private T? value;
    private PageFault? fault;
    private object? _asked;
    private int _shownBeat;
    private long _restsUntil;
    private bool hasValue;
    private bool isReading;
    private bool isAsked;
    private bool isInside;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private DatabaseFaults Database { get; set; } = null!;

    [Inject]
    private ILoggerFactory Logs { get; set; } = null!;

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>What a change of makes it read at once: compared by value.</summary>
    [Parameter, EditorRequired]
    public required object Question { get; set; }

    [Parameter, EditorRequired]
    public required Func<CancellationToken, Task<T>> Read { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment<T> ChildContent { get; set; }

    /// <summary>Grows when the page heard of changes.</summary>
    [Parameter]
    public int Beat { get; set; }

    /// <summary>Rows of the skeleton.</summary>
    [Parameter]
    public int Rows { get; set; } = 6;

    private string Reading => $"Reading {Title.ToLowerInvariant()}";

    protected override void OnParametersSet()
    {
        if (!Equals(_asked, Question))
        {
            (_asked, isAsked) = (Question, true);
            Start();
        }
        else
        {
            Follow();
        }
    }

    private void Leave()
    {
        isInside = false;
        Follow();
    }

    private void Follow()
    {
        if (Beat != _shownBeat && !isInside && !isReading && Time.GetTimestamp() >= _restsUntil) Start();
    }

    private void Start()
    {
        _reading.Cancel();
        _reading.Dispose();
        _reading = new();
        _shownBeat = Beat;
        _ = ReadAsync(_reading.Token);
    }

    private async Task ReadAsync(CancellationToken cancel)
    {
        isReading = true;
        var began = Time.GetTimestamp();
        try
        {
            value = await Read(cancel);
            if (cancel.IsCancellationRequested) return;
            (hasValue, fault) = (true, null);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // One part that cannot be read leaves the others standing; the trace id finds the fault in the log.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            if (cancel.IsCancellationRequested) return;
            fault = new PageFault(Database.Explain(thrown) ?? thrown.Message, Activity.Current?.TraceId.ToHexString()[..8] ?? Guid.NewGuid().ToString("N")[..8]);
            ReadingFailed(Logs.CreateLogger("MigrationPortal.Web.Loaded"), thrown, Title, fault.TraceId);
        }

        (isReading, isAsked) = (false, false);
        _restsUntil = Time.GetTimestamp() + ((Time.GetTimestamp() - began) * Rest);
        await InvokeAsync(StateHasChanged);
    }

    [LoggerMessage(7003, LogLevel.Error, "The part {Part} of a page could not be read, trace {TraceId}")]
    private static partial void ReadingFailed(ILogger log, Exception fault, string part, string traceId);

    public void Dispose()
    {
        _reading.Cancel();
        _reading.Dispose();
    }
}
