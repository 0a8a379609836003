using System.Threading.Channels;

namespace MigrationPortal.Kubernetes;

/// <param name="Before">As it was before this change: what a selector no longer matches is told as deleted.</param>
internal sealed record WatchEvent(string Type, StoredObject? Item, StoredObject? Before, long Version)
{
    public const string Added = "ADDED";
    public const string Modified = "MODIFIED";
    public const string Deleted = "DELETED";
    public const string Bookmark = "BOOKMARK";
}

/// <summary>One open watch.</summary>
internal sealed class Watcher(long began)
{
    private readonly Channel<WatchEvent> events = Channel.CreateUnbounded<WatchEvent>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>The version of the store when it began: the initial events go up to here.</summary>
    public long Began => began;

    public ChannelReader<WatchEvent> Events => events.Reader;

    public void Tell(WatchEvent happened) => events.Writer.TryWrite(happened);

    /// <summary>The stream ends after what was told so far.</summary>
    public void End() => events.Writer.TryComplete();

    /// <summary>The connection breaks.</summary>
    public void Break() => events.Writer.TryComplete(new WatchDroppedException());
}

internal sealed class WatchDroppedException() : Exception("The watch is dropped");
