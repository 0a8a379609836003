namespace MigrationPortal.Domain.Notices;

/// <summary>Reaches the outside: one try, now.</summary>
public interface INoticeSender
{
    /// <summary>Settings that such a channel lacks, each a sentence with its key; empty when all is there.</summary>
    IReadOnlyList<string> Missing(ChannelKind kind);

    /// <summary>Whatever the receiver or the network does is an answer, not a fault. Takes 20 seconds at most.</summary>
    Task<SendAnswer> SendAsync(NoticeChannel channel, Parcel parcel, CancellationToken cancel);
}

/// <param name="Id">The same at every try, so that a receiver can tell a repeated delivery from a new one.</param>
/// <param name="Try">From 1.</param>
public sealed record Parcel(Guid Id, StoredNotice Notice, int Try);

/// <param name="Said">The receiver's words, or what went wrong: for people, without secrets.</param>
/// <param name="RetryAfter">Where the receiver named it.</param>
/// <param name="IsDown">It failed before the message itself was looked at: others would fail now as well.</param>
public sealed record SendAnswer(bool IsDelivered, string Said, TimeSpan? RetryAfter = null, bool IsDown = false);
