namespace MigrationPortal.Domain.Notices;

/// <summary>
/// Sends mails to people that are due, at least once each, one after the other: a wave of hundreds must not look like a flood to
/// the server. Without an SMTP server they wait, however long. Called by a sweep.
/// </summary>
public sealed class DeliverPersonMails(IPersonMails mails, IPersonMailSender sender, TimeProvider time)
{
    private const int AtOnce = 50;

    /// <returns>How many were delivered, will be tried again, and were given up.</returns>
    public async Task<DeliveryReport> RunAsync(CancellationToken cancel)
    {
        if (sender.Missing is not null) return new DeliveryReport(0, 0, 0, null);
        var (delivered, failed, givenUp) = (0, 0, 0);
        foreach (var due in await mails.DueAsync(time.GetUtcNow(), AtOnce, cancel))
        {
            cancel.ThrowIfCancellationRequested();
            var answer = await sender.SendAsync(due, cancel);
            var after = After(due, answer);
            await mails.SaveAsync(after, cancel);
            _ = after.State switch { DeliveryState.Delivered => delivered++, DeliveryState.GivenUp => givenUp++, _ => failed++ };
            // The server itself is down: the others would only wait for the same.
            if (answer is PersonMailAnswer.Tried { Answer.IsDown: true }) break;
        }

        return new DeliveryReport(delivered, failed, givenUp, null);
    }

    private QueuedMail After(QueuedMail mail, PersonMailAnswer answer)
    {
        var (now, tries) = (time.GetUtcNow(), mail.Tries + 1);
        return answer switch
        {
            PersonMailAnswer.Nobody { Why: var why } => mail with { State = DeliveryState.GivenUp, Tries = tries, EndedAt = now, Said = why },
            PersonMailAnswer.Tried { Answer: { IsDelivered: true } done } => mail with { State = DeliveryState.Delivered, Tries = tries, EndedAt = now, Said = done.Said },
            // What the server as a whole does says nothing against this mail.
            PersonMailAnswer.Tried { Answer: { IsDown: true } down } => mail with { DueAt = now + (down.RetryAfter ?? TimeSpan.FromMinutes(1)), Said = down.Said },
            PersonMailAnswer.Tried { Answer: var no } => RetryPause.Next(tries, mail.Tries == 0 ? now : mail.QueuedAt, now, no.RetryAfter) is { } next
                ? mail with { Tries = tries, DueAt = next, Said = no.Said, QueuedAt = mail.Tries == 0 ? now : mail.QueuedAt }
                : mail with { State = DeliveryState.GivenUp, Tries = tries, EndedAt = now, Said = no.Said },
            _ => throw new InvalidOperationException("An answer of no known kind."),
        };
    }
}
