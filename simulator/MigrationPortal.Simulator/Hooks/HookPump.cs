using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Delivers job events to project hooks, beside the world and never holding it up. What fails is not sent again,
/// as in GitLab; what does not fit the queue is lost, and <see cref="Faults"/> lose and double as they are told.</summary>
internal sealed class HookPump(SimulatorSettings settings, IServer server, TimeProvider time) : BackgroundService
{
    private const int QueueLength = 20_000;
    private const int Senders = 4;
    private const int EventsAtOnce = 5_000;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    // Not DropWrite: that mode would not say that it dropped one.
    private readonly Channel<Delivery> queue = Channel.CreateBounded<Delivery>(QueueLength);

    private readonly Dictionary<Instance, long> seen = [];
    private readonly Lock collecting = new();
    private int underWay;

    public DeliveryFaults Faults { get; } = new();

    public object Told() => Faults.Told(Volatile.Read(ref underWay));

    /// <summary>From here on events count; what the history held was never sent.</summary>
    public void Begin(Instance instance) => seen[instance] = instance.Do(w => w.Events.LastSeq);

    /// <summary>Takes up the events since the last call.</summary>
    public void Collect(Instance instance)
    {
        lock (collecting)
        {
            var url = InstanceUrl(instance);
            for (var more = true; more;)
            {
                (seen[instance], more) = instance.Do(w => Take(instance, w, seen[instance], url));
            }
        }
    }

    public void Send(Instance instance, ProjectHook hook, string body, string? key = null)
    {
        Interlocked.Increment(ref underWay);
        if (!queue.Writer.TryWrite(new Delivery(instance, hook.Id, hook.Settings, body, InstanceUrl(instance), key ?? Guid.CreateVersion7(time.GetUtcNow()).ToString())))
        {
            Interlocked.Decrement(ref underWay);
            Faults.Overflow();
        }
    }

    public override void Dispose()
    {
        queue.Writer.TryComplete();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var strict = NewClient(verify: true);
        using var lax = NewClient(verify: false);
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            await foreach (var delivery in queue.Reader.ReadAllAsync(stoppingToken))
            {
                await DeliverAsync(delivery.Settings.EnableSslVerification ? strict : lax, delivery, stoppingToken);
            }
        }));
    }

    private (long Seen, bool More) Take(Instance instance, GitLabWorld world, long after, string url)
    {
        if (!world.Directory.Projects.Any(p => p.Hooks.Count > 0))
        {
            return (world.Events.LastSeq, false);
        }

        var events = world.Events.After(after, EventsAtOnce);
        foreach (var e in events)
        {
            foreach (var hook in e.Job.Project.Hooks)
            {
                if (hook.Settings.JobEvents && hook.AlertStatus == "executable" && Faults.Times(hook.Id, e.Job.Id, (int)e.Status) is > 0 and var times)
                {
                    var (body, key) = (JobEventPayload.Of(world, e.Job, e.Status, url), Guid.CreateVersion7(time.GetUtcNow()).ToString());
                    for (var sent = 0; sent < times; sent++)
                    {
                        Send(instance, hook, body, key);
                    }
                }
            }
        }

        return (events.Count > 0 ? events[^1].Seq : after, events.Count == EventsAtOnce);
    }

    private async Task DeliverAsync(HttpClient client, Delivery delivery, CancellationToken cancellation)
    {
        var headers = Headers(delivery, time.GetUtcNow());
        var started = Stopwatch.GetTimestamp();
        var status = "internal error";
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Settings.Url);
            // As GitLab: a connection for each delivery. A kept one may be closed by the receiver just then, and nobody sends twice.
            request.Headers.ConnectionClose = true;
            request.Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json");
            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            status = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is HttpRequestException or UriFormatException or InvalidOperationException
            || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            status = "internal error";
        }

        Faults.Sent(status.StartsWith('2'));
        delivery.Instance.HookLog.Add(delivery.HookId, new HookDelivery(
            delivery.Instance.HookLog.NextId(), delivery.Settings.Url, "job_hooks", Shown(headers), delivery.Body, status,
            Stopwatch.GetElapsedTime(started).TotalSeconds, time.GetUtcNow()));
        Interlocked.Decrement(ref underWay);
    }

    private static Dictionary<string, string> Headers(Delivery delivery, DateTimeOffset now)
    {
        var id = delivery.Key;
        var stamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>(delivery.Settings.CustomHeaders ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase)
        {
            ["User-Agent"] = "GitLab/" + delivery.Instance.World.Options.GitLabVersion,
            ["X-Gitlab-Event"] = "Job Hook",
            ["X-Gitlab-Webhook-UUID"] = Guid.CreateVersion7(now).ToString(),
            ["X-Gitlab-Event-UUID"] = Guid.CreateVersion7(now).ToString(),
            ["X-Gitlab-Instance"] = delivery.InstanceUrl,
            ["Idempotency-Key"] = id,
            ["webhook-id"] = id,
            ["webhook-timestamp"] = stamp,
        };
        if (delivery.Settings.Token is { Length: > 0 } token)
        {
            headers["X-Gitlab-Token"] = token;
        }

        if (delivery.Settings.SigningToken is { } signing && HookSignature.Key(signing) is { } key)
        {
            headers["webhook-signature"] = HookSignature.Of(key, id, stamp, delivery.Body);
        }

        return headers;
    }

    private static Dictionary<string, string> Shown(Dictionary<string, string> headers) =>
        headers.ToDictionary(h => h.Key, h => h.Key == "X-Gitlab-Token" ? "[REDACTED]" : h.Value, StringComparer.Ordinal);

    private string InstanceUrl(Instance instance)
    {
        var root = settings.ExternalUrl
            ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? "http://localhost";
        return root.TrimEnd('/') + instance.PathBase;
    }

    [SuppressMessage("Security", "CA5359", Justification = "A hook's owner may switch verification off, as in GitLab.")]
    private static HttpClient NewClient(bool verify)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        if (!verify)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        }

        return new HttpClient(handler) { Timeout = Timeout };
    }

    private sealed record Delivery(Instance Instance, int HookId, HookSettings Settings, string Body, string InstanceUrl, string Key);
}
