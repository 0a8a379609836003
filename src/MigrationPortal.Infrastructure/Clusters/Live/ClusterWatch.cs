using Microsoft.Extensions.Logging;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Live;

namespace MigrationPortal.Infrastructure.Clusters.Live;

/// <summary>Everything that this process watches of one cluster as it stands configured; another configuration gets another one.</summary>
internal sealed partial class ClusterWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly TimeProvider _time;
    private readonly Func<CancellationToken, Task<KubernetesDoor>> _open;
    private readonly WatchPace _pace;
    private readonly SemaphoreSlim _listTurns;
    private readonly Action _changed;
    private readonly ILogger _log;
    private readonly Task _run;
    private IReadOnlyList<PodWatch> _watches = [];
    private WatchFreshness _door;
    private ClusterLook? _look;

    public ClusterWatch(Cluster cluster, Func<CancellationToken, Task<KubernetesDoor>> open, WatchPace pace, SemaphoreSlim listTurns, Action changed, TimeProvider time, ILogger log)
    {
        (Of, _open, _pace, _listTurns, _changed, _time, _log) = (cluster, open, pace, listTurns, changed, time, log);
        _door = new WatchFreshness(WatchState.Starting, null, time.GetUtcNow());
        _run = Task.Run(RunAsync);
    }

    public Cluster Of { get; }

    public PodBook Book { get; } = new();

    public ClusterView View() => new(
        Of.Id, _watches.Count == 0 ? _door : WatchFreshness.Worst(_watches.Select(one => one.Freshness), _time.GetUtcNow()), Book.Counts(), Book.Nodes(), _look);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _run;
        _over.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            using var door = await OpenAsync(_over.Token);
            _watches = [.. Of.JobNamespaces.Select(space => new PodWatch(door, space, Book, _pace, _listTurns, _changed, _time))];
            var looks = new ClusterLooks(door, Of, Book, _pace, look =>
            {
                _look = look;
                _changed();
            }, _time);
            await Task.WhenAll(_watches.Select(one => one.RunAsync(_over.Token)).Append(looks.RunAsync(_over.Token)));
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            // Over.
        }
#pragma warning disable CA1031 // A bug here must leave the other clusters alone; it is shown as this one's trouble.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogBroke(_log, Of.Name, fault);
            _watches = [];
            _door = new WatchFreshness(WatchState.Unreachable, _door.SeenAt, _time.GetUtcNow(), new ClusterTrouble(TroubleKind.Unreachable, $"The watch itself broke ({fault.GetType().Name}): the portal's log has more. Save the cluster again to start it anew."));
            _changed();
        }
    }

    private async Task<KubernetesDoor> OpenAsync(CancellationToken cancel)
    {
        var backoff = new Backoff(_pace.FirstPause, _pace.LongestPause, _pace.Chance);
        while (true)
        {
            try
            {
                return await _open(cancel);
            }
            catch (ClusterUnavailableException fault)
            {
                var (wait, now) = (backoff.Next(fault.RetryAfter), _time.GetUtcNow());
                _door = new WatchFreshness(WatchState.Unreachable, null, _door.State == WatchState.Unreachable ? _door.Since : now, fault.Trouble, now + wait);
                _changed();
                await Task.Delay(wait, _time, cancel);
            }
        }
    }

    [LoggerMessage(4101, LogLevel.Error, "The watch of cluster {Cluster} broke")]
    private static partial void LogBroke(ILogger log, string cluster, Exception fault);
}
