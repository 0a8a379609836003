namespace MigrationPortal.Domain.Notices;

/// <summary>Channels; their targets are encrypted at rest and leave the store for sending alone.</summary>
public interface IChannelStore
{
    /// <summary>In the order of their names.</summary>
    Task<IReadOnlyList<NoticeChannel>> ListAsync(CancellationToken cancel);

    Task<NoticeChannel?> FindAsync(long id, CancellationToken cancel);

    /// <returns>Null when there is no such channel.</returns>
    /// <exception cref="TargetLostException">It cannot be decrypted any more.</exception>
    Task<ChannelTarget?> TargetAsync(long id, CancellationToken cancel);

    /// <returns>With its id and version; null when another one has that name.</returns>
    Task<NoticeChannel?> AddAsync(NoticeChannel channel, ChannelTarget target, CancellationToken cancel);

    /// <param name="target">Null: it stays.</param>
    /// <returns>With its new version; null when it has another version meanwhile, is gone, or another one has that name.</returns>
    Task<NoticeChannel?> SaveAsync(NoticeChannel channel, ChannelTarget? target, CancellationToken cancel);

    /// <summary>What its last digest reached to, whether or not there was something to send; null before the first.</summary>
    Task<DateTimeOffset?> DigestedAsync(long id, CancellationToken cancel);

    /// <param name="until">The instance's time.</param>
    Task SaveDigestedAsync(long id, DateTimeOffset until, CancellationToken cancel);

    /// <summary>With its deliveries.</summary>
    /// <returns>False when it was not there.</returns>
    Task<bool> RemoveAsync(long id, CancellationToken cancel);
}

/// <summary>A stored target was encrypted with a key that is gone: it must be entered again.</summary>
public sealed class TargetLostException : Exception
{
    public TargetLostException()
    {
    }

    public TargetLostException(string message) : base(message)
    {
    }

    public TargetLostException(string message, Exception inner) : base(message, inner)
    {
    }
}
