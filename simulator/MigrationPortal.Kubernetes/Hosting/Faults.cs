using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace MigrationPortal.Kubernetes;

/// <summary>What goes wrong on demand, and how often a cluster was asked what. Thread-safe.</summary>
public sealed class Faults
{
    private readonly ConcurrentDictionary<(string Verb, string Resource), int> counts = new();
    private readonly ObjectStore store;
    private readonly TimeProvider time;
    private readonly TaskCompletionSource firstWait = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Answers? answers;

    internal Faults(ObjectStore store, TimeProvider time)
    {
        this.store = store;
        this.time = time;
    }

    /// <summary>Connections end without an answer, as if nobody listened.</summary>
    public bool RefuseConnections { get; set; }

    /// <summary>Waited before each answer, by the cluster's clock.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Done as soon as the first call waits for its latency: from then on moving the clock lets it go.</summary>
    public Task FirstWait => firstWait.Task;

    /// <summary>The next calls are answered 429 with <c>Retry-After</c> in whole seconds.</summary>
    public void TooManyRequests(int calls, TimeSpan retryAfter) => answers = new Answers(calls, new StatusException(
        429, "TooManyRequests", "The server has received too many requests and has asked us to try again later",
        new() { ["retryAfterSeconds"] = (int)retryAfter.TotalSeconds })
    { RetryAfter = (int)retryAfter.TotalSeconds });

    /// <summary>The next calls are answered 500.</summary>
    public void InternalErrors(int calls) => answers = new Answers(calls, new StatusException(
        500, "InternalError", "Internal error occurred: etcdserver: request timed out"));

    /// <summary>Nothing more goes wrong.</summary>
    public void Clear()
    {
        (RefuseConnections, Latency, answers) = (false, TimeSpan.Zero, null);
    }

    /// <summary>Ends every open watch as a broken connection does.</summary>
    public void DropWatches() => store.ForEach(one => one.ForEachWatcher(watcher => watcher.Break()));

    /// <summary>Ends every open watch as the server itself does when its time is up.</summary>
    public void EndWatches() => store.ForEach(one => one.ForEachWatcher(watcher => watcher.End()));

    /// <summary>Pages that were begun are answered 410.</summary>
    public void ExpireContinueTokens() => store.ForEach(one => one.ForgetSnapshots());

    /// <summary>Forgets history: whoever watches from an older version is answered 410, and so are begun pages.</summary>
    public void Compact() => store.Compact();

    /// <summary>Sends a bookmark to each watch that wants them.</summary>
    public void SendBookmarks() =>
        store.ForEach(one => one.ForEachWatcher(watcher => watcher.Tell(new WatchEvent(WatchEvent.Bookmark, null, null, store.Version))));

    /// <summary>How often this verb was asked of this resource, such as <c>list</c> of <c>pods</c>; refused calls count as well.</summary>
    public int CountOf(string verb, string resource) => counts.GetValueOrDefault((verb, resource));

    /// <summary>All counts since the start or the last reset.</summary>
    public IReadOnlyDictionary<(string Verb, string Resource), int> Counts => counts;

    public void ResetCounts() => counts.Clear();

    /// <summary>Watches now open.</summary>
    public int OpenWatches
    {
        get
        {
            var open = 0;
            store.ForEach(one => open += one.Watchers);
            return open;
        }
    }

    internal void Count(string verb, string resource) => counts.AddOrUpdate((verb, resource), 1, (_, known) => known + 1);

    /// <summary>Whether the call ends here.</summary>
    internal async Task<bool> HitAsync(HttpContext http)
    {
        if (RefuseConnections)
        {
            http.Abort();
            return true;
        }

        if (Latency > TimeSpan.Zero)
        {
            var wait = Task.Delay(Latency, time, http.RequestAborted);
            firstWait.TrySetResult();
            await wait;
        }

        return answers?.Take() is { } refusal ? throw refusal : false;
    }

    private sealed class Answers(int calls, StatusException refusal)
    {
        private int left = calls;

        public StatusException? Take() => Interlocked.Decrement(ref left) >= 0 ? refusal : null;
    }
}
