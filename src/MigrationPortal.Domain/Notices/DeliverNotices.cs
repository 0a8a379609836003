namespace MigrationPortal.Domain.Notices;

/// <param name="NextAt">Real time of the next try; null when nothing waits.</param>
public sealed record DeliveryReport(int Delivered, int Failed, int GivenUp, DateTimeOffset? NextAt);

/// <summary>
/// Sends what is due, at least once each: killed between the receiver's answer and writing it down, the same delivery goes
/// out again under its id. Called by a sweep; the channels of a run go side by side.
/// </summary>
public sealed class DeliverNotices(IDeliveryStore deliveries, IChannelStore channels, INoticeSender sender, INotices notices, TimeProvider time)
{
    private const int AtOnceAChannel = 20;

    public async Task<DeliveryReport> RunAsync(CancellationToken cancel)
    {
        var due = await deliveries.DueAsync(time.GetUtcNow(), AtOnceAChannel, cancel);
        var known = due.Count == 0 ? [] : (await channels.ListAsync(cancel)).ToDictionary(channel => channel.Id);
        var ended = await Task.WhenAll(due.Where(one => known.ContainsKey(one.Channel)).GroupBy(one => one.Channel)
            .Select(group => OfChannelAsync(known[group.Key], [.. group], cancel)));
        var all = ended.SelectMany(states => states).ToList();
        return new DeliveryReport(
            all.Count(one => one == DeliveryState.Delivered), all.Count(one => one == DeliveryState.Waiting), all.Count(one => one == DeliveryState.GivenUp),
            await deliveries.NextDueAsync(cancel));
    }

    // One after the other, in their order; the first that finds the channel down spares the others the same wait.
    private async Task<List<DeliveryState>> OfChannelAsync(NoticeChannel channel, IReadOnlyList<Delivery> due, CancellationToken cancel)
    {
        var ended = new List<DeliveryState>();
        foreach (var delivery in due)
        {
            cancel.ThrowIfCancellationRequested();
            var answer = channel.IsOn
                ? await sender.SendAsync(channel, new Parcel(delivery.Id, delivery.Notice, delivery.Tries + 1), cancel)
                : new SendAnswer(false, "The channel was off for 24 hours.");
            ended.Add(await WriteAsync(channel, delivery, answer, cancel));
            if (answer.IsDown) break;
        }
        return ended;
    }

    private async Task<DeliveryState> WriteAsync(NoticeChannel channel, Delivery delivery, SendAnswer answer, CancellationToken cancel)
    {
        var (now, tries) = (time.GetUtcNow(), delivery.Tries + 1);
        var next = answer.IsDelivered ? null : RetryPause.Next(tries, delivery.QueuedAt, now, answer.RetryAfter);
        var after = delivery with
        {
            State = answer.IsDelivered ? DeliveryState.Delivered : next is null ? DeliveryState.GivenUp : DeliveryState.Waiting,
            Tries = tries,
            DueAt = next ?? delivery.DueAt,
            EndedAt = next is null ? now : null,
            Said = answer.Said,
        };
        // Told first: a crash in between tells it again, under the same key.
        if (after.State == DeliveryState.GivenUp) await SayGivenUpAsync(channel, after, cancel);
        await deliveries.SaveAsync(after, cancel);
        return after.State;
    }

    // One notice a channel and day, and none about such a notice: it would go round in circles.
    private async Task SayGivenUpAsync(NoticeChannel channel, Delivery delivery, CancellationToken cancel)
    {
        if (delivery.Notice.Notice.Kind == NoticeKind.Undelivered) return;
        var about = delivery.Notice.Notice;
        await notices.TellAsync(
            new Notice(about.Instance, NoticeKind.Undelivered, NoticeSeverity.Attention, $"undelivered/{channel.Id}/{delivery.EndedAt!.Value.UtcDateTime:yyyy-MM-dd}",
                $"The channel {channel.Name} could not be reached for 24 hours, and what it should have heard was given up.",
                [new NoticeNumber("tries", $"{delivery.Tries}"), new NoticeNumber("last answer", delivery.Said ?? "none")], "notifications?tab=deliveries", about.At + (delivery.EndedAt.Value - delivery.QueuedAt)),
            cancel);
    }
}
