using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>A watch: one JSON object a line until its time is up, the caller leaves or the cluster drops it.</summary>
internal sealed class WatchHandler(ObjectStore store, TimeProvider time)
{
    private static readonly TimeSpan LongestWatch = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan BookmarkEvery = TimeSpan.FromMinutes(1);

    public async Task HandleAsync(ApiRequest call)
    {
        var labels = LabelSelector.Parse(call.Query("labelSelector"));
        var fields = FieldSelector.Parse(call.Query("fieldSelector"), call.Kind);
        var resource = store.Of(call.Kind);
        var since = call.Number("resourceVersion") ?? 0;
        var asked = call.Flag("sendInitialEvents");
        call.Http.Response.ContentType = "application/json";
        await call.Http.Response.StartAsync(call.Http.RequestAborted);
        var lines = new WatchLines(call, labels, fields);
        Watcher watcher;
        try
        {
            watcher = resource.Watch(since, initial: asked || since == 0);
        }
        catch (StatusException expired)
        {
            await lines.ErrorAsync(expired);
            return;
        }

        await StreamAsync(call, resource, watcher, lines, asked);
    }

    private async Task StreamAsync(ApiRequest call, ResourceStore resource, Watcher watcher, WatchLines lines, bool markInitial)
    {
        var bookmarks = call.Flag("allowWatchBookmarks");
        var limit = call.Number("timeoutSeconds") is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : LongestWatch;
        await using var end = time.CreateTimer(_ => watcher.End(), null, limit, Timeout.InfiniteTimeSpan);
        await using var mark = time.CreateTimer(_ => watcher.Tell(new WatchEvent(WatchEvent.Bookmark, null, null, store.Version)), null,
            BookmarkEvery, BookmarkEvery);
        try
        {
            while (watcher.Events.TryRead(out var first))
            {
                await lines.WriteAsync(first, bookmarks);
            }

            if (markInitial)
            {
                await lines.BookmarkAsync(watcher.Began, initialEnd: true);
            }

            await lines.FlushAsync();
            while (await watcher.Events.WaitToReadAsync(call.Http.RequestAborted))
            {
                while (watcher.Events.TryRead(out var next))
                {
                    await lines.WriteAsync(next, bookmarks);
                }

                await lines.FlushAsync();
            }
        }
        catch (WatchDroppedException)
        {
            call.Http.Abort();
        }
        catch (OperationCanceledException)
        {
            // The caller has left.
        }
        finally
        {
            resource.Leave(watcher);
        }
    }
}

/// <summary>Events as the watch of these selectors sees them.</summary>
internal sealed class WatchLines(ApiRequest call, LabelSelector labels, FieldSelector fields)
{
    private readonly byte[] head = WireJson.Head(call.Kind);

    public async Task WriteAsync(WatchEvent happened, bool bookmarks)
    {
        if (happened.Item is null)
        {
            await (bookmarks ? BookmarkAsync(happened.Version, initialEnd: false) : Task.CompletedTask);
            return;
        }

        if (call.Namespace is null || happened.Item.Namespace == call.Namespace)
        {
            Write(happened);
        }
    }

    public Task BookmarkAsync(long version, bool initialEnd)
    {
        var metadata = new JsonObject { ["resourceVersion"] = version.ToString(provider: null), ["creationTimestamp"] = null };
        if (initialEnd)
        {
            metadata["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        }

        var item = new JsonObject { ["kind"] = call.Kind.Kind, ["apiVersion"] = call.Kind.ApiVersion, ["metadata"] = metadata };
        Put($"{{\"type\":\"BOOKMARK\",\"object\":{item.ToJsonString(WireJson.Options)}}}\n");
        return Task.CompletedTask;
    }

    public async Task ErrorAsync(StatusException refusal)
    {
        Put($"{{\"type\":\"ERROR\",\"object\":{refusal.ToJson().ToJsonString(WireJson.Options)}}}\n");
        await FlushAsync();
    }

    public async Task FlushAsync() => await call.Http.Response.BodyWriter.FlushAsync(call.Http.RequestAborted);

    private void Write(WatchEvent happened)
    {
        var (isNow, was) = (Selects(happened.Item!), happened.Before is not null && Selects(happened.Before));
        var type = happened.Type switch
        {
            WatchEvent.Modified => (was, isNow) switch
            {
                (true, true) => WatchEvent.Modified,
                (false, true) => WatchEvent.Added,
                (true, false) => WatchEvent.Deleted,
                _ => null,
            },
            WatchEvent.Deleted => was ? WatchEvent.Deleted : null,
            var other => isNow ? other : null,
        };
        if (type is null)
        {
            return;
        }

        var (first, rest) = WireJson.Parts(happened.Item!, call.Kind, head, bare: false);
        Put($"{{\"type\":\"{type}\",\"object\":");
        call.Http.Response.BodyWriter.Write(first.Span);
        call.Http.Response.BodyWriter.Write(rest.Span);
        Put("}\n");
    }

    private bool Selects(StoredObject item) => labels.Matches(item.Labels) && fields.Matches(item);

    private void Put(string text) => Encoding.UTF8.GetBytes(text, call.Http.Response.BodyWriter);
}
