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
        var backoff = new Backoff(_pace.FirstPause, _pace.LongestPause, _pace.Chance);
        while (!_over.IsCancellationRequested)
        {
            var began = _time.GetUtcNow();
            try
            {
                await RoundAsync(_over.Token);
            }
            catch (OperationCanceledException) when (_over.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A bug here must leave the other clusters alone; it is shown as this one's trouble, and begun anew.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                if (_time.GetUtcNow() - began > _pace.LongestPause)
                {
                    backoff.Reset();
                    _door = _door with { State = WatchState.Starting };
                }

                await PauseAsync(fault, backoff);
            }
        }
    }

    /// <summary>With one way in, until something of it breaks.</summary>
    private async Task RoundAsync(CancellationToken cancel)
    {
        using var door = await _open(cancel);
        using var round = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _watches = [.. Of.JobNamespaces.Select(space => new PodWatch(door, space, Book, _pace, _listTurns, _changed, _time))];
        var looks = new ClusterLooks(door, Of, Book, _pace, look =>
        {
            _look = look;
            _changed();
        }, _time);
        List<Task> all = [.. _watches.Select(one => one.RunAsync(round.Token)), looks.RunAsync(round.Token)];
        // None ends by itself: the first that breaks takes the others with it, and they begin together.
        var first = await Task.WhenAny(all);
        await round.CancelAsync();
        await ((Task)Task.WhenAll(all)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private async Task PauseAsync(Exception fault, Backoff backoff)
    {
        var known = fault as ClusterUnavailableException;
        if (known is null) LogBroke(_log, Of.Name, fault);
        var (wait, now) = (backoff.Next(known?.RetryAfter), _time.GetUtcNow());
        var trouble = known?.Trouble ?? new ClusterTrouble(TroubleKind.Unreachable, $"The watch itself broke ({fault.GetType().Name}) and is begun anew: the portal's log has more.");
        var seen = _watches.Max(one => one.Freshness.SeenAt) ?? _door.SeenAt;
        _watches = [];
        _door = new WatchFreshness(WatchState.Unreachable, seen, _door.State == WatchState.Unreachable ? _door.Since : now, trouble, now + wait);
        _changed();
        await Task.Delay(wait, _time, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(4101, LogLevel.Error, "The watch of cluster {Cluster} broke")]
    private static partial void LogBroke(ILogger log, string cluster, Exception fault);
}
