using System.Collections.Concurrent;

namespace MigrationPortal.Simulator;

/// <summary>The last deliveries of each hook, for <c>GET .../hooks/:id/events</c>.</summary>
internal sealed class HookLog
{
    private const int Kept = 100;

    private readonly ConcurrentDictionary<int, ConcurrentQueue<HookDelivery>> byHook = [];
    private long lastId;

    public long NextId() => Interlocked.Increment(ref lastId);

    public void Add(int hookId, HookDelivery delivery)
    {
        var queue = byHook.GetOrAdd(hookId, static _ => new());
        queue.Enqueue(delivery);
        while (queue.Count > Kept)
        {
            queue.TryDequeue(out _);
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<HookDelivery> Of(int hookId) =>
        byHook.TryGetValue(hookId, out var queue) ? [.. queue.Reverse()] : [];
}

/// <param name="Status">The receiver's HTTP status, or <c>internal error</c>.</param>
internal sealed record HookDelivery(
    long Id,
    string Url,
    string Trigger,
    IReadOnlyDictionary<string, string> RequestHeaders,
    string RequestBody,
    string Status,
    double Seconds,
    DateTimeOffset At);
