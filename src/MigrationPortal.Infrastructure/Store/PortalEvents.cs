using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MigrationPortal.Domain.Shared;
using Npgsql;

namespace MigrationPortal.Infrastructure.Store;

/// <summary>
/// PostgreSQL's LISTEN/NOTIFY as the hub of all replicas; after a lost connection it listens again. Pages hear of the
/// loss at once: they read in vain, and say so.
/// </summary>
internal sealed partial class PortalEvents(NpgsqlDataSource source, StoreTrouble trouble, TimeProvider time, ILogger<PortalEvents> log) : BackgroundService, IPortalEvents
{
    public const string Channel = "portal";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<Subscription, byte> _subscriptions = new();

    public IDisposable Subscribe(Func<PortalEvent, Task> handler)
    {
        var subscription = new Subscription(this, handler);
        _subscriptions[subscription] = 0;
        return subscription;
    }

    public async Task PublishAsync(PortalEvent happened, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await connection.NotifyAsync(happened, cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        trouble.Changed = () => Deliver(new PortalEvent(PortalTopic.Instances, null, null));
        var listened = false;
        for (var first = true; !stoppingToken.IsCancellationRequested; first = false)
        {
            try
            {
                await ListenAsync(first, () => listened = true, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is NpgsqlException or IOException or System.Net.Sockets.SocketException)
            {
                LostConnection(log, fault);
                trouble.Note(Channel, fault);
                if (listened) DeliverAll();
                listened = false;
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(bool first, Action listening, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        connection.Notification += (_, note) => Deliver(StoreJson.Read<PortalEvent>(note.Payload));
        await connection.ExecuteAsync("LISTEN portal", _ => { }, stop);

        listening();
        trouble.Note(Channel, null);
        // Whatever was told while nobody listened is lost: have everything read again.
        if (!first) DeliverAll();

        while (!stop.IsCancellationRequested) await connection.WaitAsync(stop);
    }

    private void DeliverAll()
    {
        foreach (var topic in Enum.GetValues<PortalTopic>()) Deliver(new PortalEvent(topic, null, null));
    }

    private void Deliver(PortalEvent happened)
    {
        foreach (var (subscription, _) in _subscriptions) subscription.Offer(happened);
    }

    [LoggerMessage(2001, LogLevel.Warning, "The connection for live updates is lost; listening again soon")]
    private static partial void LostConnection(ILogger log, Exception fault);

    [LoggerMessage(2002, LogLevel.Error, "A subscriber to {Topic} failed")]
    private static partial void SubscriberFailed(ILogger log, PortalTopic topic, Exception fault);

    private sealed class Subscription : IDisposable
    {
        // A slow page loses old hints, never new ones: it reads everything again anyway.
        private readonly Channel<PortalEvent> _queue = System.Threading.Channels.Channel.CreateBounded<PortalEvent>(
            new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

        private readonly PortalEvents _hub;

        public Subscription(PortalEvents hub, Func<PortalEvent, Task> handler)
        {
            _hub = hub;
            _ = Task.Run(() => PumpAsync(handler));
        }

        public void Offer(PortalEvent happened) => _queue.Writer.TryWrite(happened);

        public void Dispose()
        {
            _hub._subscriptions.TryRemove(this, out _);
            _queue.Writer.TryComplete();
        }

        private async Task PumpAsync(Func<PortalEvent, Task> handler)
        {
            await foreach (var happened in _queue.Reader.ReadAllAsync())
            {
                try
                {
                    await handler(happened);
                }
#pragma warning disable CA1031 // One subscriber's fault must not end its later events.
                catch (Exception fault)
#pragma warning restore CA1031
                {
                    SubscriberFailed(_hub.Log, happened.Topic, fault);
                }
            }
        }
    }

    private ILogger Log => log;
}
