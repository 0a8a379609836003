namespace MigrationPortal.Domain.Notices;

/// <summary>Stored by number: never renumber.</summary>
public enum DeliveryState
{
    Waiting = 0,
    Delivered = 1,
    GivenUp = 2,
}

/// <summary>One notice on its way to one channel. Times are real.</summary>
/// <param name="DueAt">Of the next try.</param>
/// <param name="Said">What the last try answered.</param>
public sealed record Delivery(
    Guid Id, StoredNotice Notice, long Channel, DeliveryState State, int Tries, DateTimeOffset QueuedAt, DateTimeOffset DueAt, DateTimeOffset? EndedAt, string? Said);

/// <summary>How a channel fares.</summary>
/// <param name="Waiting">Deliveries that are still tried.</param>
/// <param name="GivenUp">Of the last 24 hours.</param>
/// <param name="LastDeliveredAt">Real time.</param>
/// <param name="Trouble">What the last failed try answered, while nothing was delivered since.</param>
public sealed record ChannelUse(long Channel, long Waiting, long GivenUp, DateTimeOffset? LastDeliveredAt, string? Trouble);

/// <summary>Deliveries, for those who send and those who look.</summary>
public interface IDeliveryStore
{
    /// <summary>Waiting and due, of channels that are on, the oldest first; and of channels that are off those that ran out of time.</summary>
    /// <param name="limit">For each channel: one that is down must not take the place of the others.</param>
    Task<IReadOnlyList<Delivery>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancel);

    /// <summary>Real time at which the next waiting one is due; null when none waits.</summary>
    Task<DateTimeOffset?> NextDueAsync(CancellationToken cancel);

    /// <summary>Writes state, tries, times and words, unless it has ended already.</summary>
    Task SaveAsync(Delivery delivery, CancellationToken cancel);

    /// <summary>Newest first.</summary>
    /// <param name="state">Null: any.</param>
    /// <param name="channel">Null: any.</param>
    Task<IReadOnlyList<Delivery>> NewestAsync(DeliveryState? state, long? channel, int limit, Guid? before, CancellationToken cancel);

    Task<IReadOnlyList<ChannelUse>> UseAsync(DateTimeOffset now, CancellationToken cancel);
}
