using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Live;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Clusters.Live;

/// <summary>
/// Watches every cluster that is stored, in each replica for itself: fifty thousand pods come and go many times a second,
/// and none of that goes through the database.
/// </summary>
internal sealed partial class ClusterWatchHost(
    IClusterStore clusters, KubernetesDoors doors, IPortalEvents events, WatchPace pace, TimeProvider time, ILogger<ClusterWatchHost> log) : BackgroundService, IClusterLive
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, ClusterWatch> _watches = new();
    private readonly ConcurrentDictionary<Subscription, byte> _subscriptions = new();
    private readonly SemaphoreSlim _wake = new(0);

    // A start must not have five hundred lists in memory at once.
    private readonly SemaphoreSlim _listTurns = new(8);

    public ClusterView? Find(long cluster) => _watches.TryGetValue(cluster, out var watch) ? watch.View() : null;

    public IReadOnlyList<JobPod> Page(long cluster, PodFilter filter, (string Namespace, string Name)? after, int limit) =>
        _watches.TryGetValue(cluster, out var watch) ? watch.Book.Page(filter, after, limit) : [];

    public IReadOnlyList<JobPod> InOrderOfNeed(long cluster, PodFilter filter, int limit) => _watches.TryGetValue(cluster, out var watch) ? watch.Book.InOrderOfNeed(filter, limit) : [];

    public IDisposable Subscribe(long? cluster, TimeSpan pause, Func<Task> changed)
    {
        var subscription = new Subscription(this, cluster, pause, changed);
        _subscriptions[subscription] = 0;
        return subscription;
    }

    /// <summary>Makes what is watched what is stored.</summary>
    public async Task MatchAsync(CancellationToken cancel)
    {
        var wanted = (await clusters.ListAsync(null, cancel)).ToDictionary(one => one.Id);
        foreach (var (id, watch) in _watches.Where(one => wanted.GetValueOrDefault(one.Key)?.Version != one.Value.Of.Version).ToList())
        {
            _watches.TryRemove(id, out _);
            await watch.DisposeAsync();
        }

        foreach (var (id, cluster) in wanted)
            if (!_watches.ContainsKey(id))
                _watches[id] = new ClusterWatch(cluster, stop => OpenAsync(id, stop), pace, _listTurns, () => Changed(id), time, log);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_watches.Values.Select(one => one.DisposeAsync().AsTask()));
        _watches.Clear();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var _ = events.Subscribe(happened =>
        {
            if (happened.Topic == PortalTopic.Clusters && _wake.CurrentCount == 0) _wake.Release();
            return Task.CompletedTask;
        });
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Between;
            try
            {
                await MatchAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The database may be away, or have no tables yet: what is watched goes on.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                LogNotRead(log, StoreFault.Explain(fault) ?? fault.GetType().Name);
                pause = AfterFault;
            }

            await ((Task)_wake.WaitAsync(pause, stoppingToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<KubernetesDoor> OpenAsync(long id, CancellationToken cancel)
    {
        try
        {
            var access = await clusters.AccessAsync(id, cancel) ?? throw new ClusterUnavailableException(new ClusterTrouble(TroubleKind.Credentials, "The cluster was removed."));
            return await doors.OpenAsync(access, cancel);
        }
        catch (AccessLostException fault)
        {
            throw new ClusterUnavailableException(new ClusterTrouble(TroubleKind.Credentials, fault.Message));
        }
        catch (Exception fault) when (StoreFault.Explain(fault) is { } why)
        {
            throw new ClusterUnavailableException(new ClusterTrouble(TroubleKind.Unreachable, why));
        }
    }

    private void Changed(long cluster)
    {
        foreach (var (subscription, _) in _subscriptions) subscription.Offer(cluster);
    }

    [LoggerMessage(4102, LogLevel.Warning, "The list of clusters could not be read: {Why}")]
    private static partial void LogNotRead(ILogger log, string why);

    private sealed class Subscription(ClusterWatchHost host, long? cluster, TimeSpan pause, Func<Task> changed) : IDisposable
    {
        private int _waits;
        private volatile bool _isOver;

        public void Offer(long which)
        {
            if ((cluster is not null && which != cluster) || _isOver || Interlocked.Exchange(ref _waits, 1) == 1) return;
            _ = TellAsync();
        }

        public void Dispose()
        {
            _isOver = true;
            host._subscriptions.TryRemove(this, out _);
        }

        private async Task TellAsync()
        {
            await Task.Delay(pause, host.Time);
            Interlocked.Exchange(ref _waits, 0);
            if (!_isOver) await changed();
        }
    }

    private TimeProvider Time => time;
}
