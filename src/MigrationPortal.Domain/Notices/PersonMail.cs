using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Notices;

/// <summary>One e-mail to one person about what is theirs. Who that is and where they are reached is asked of GitLab when it is sent: neither is stored.</summary>
/// <param name="Key">Names the occasion, such as <c>cohort/3/wave/2</c>: the same to the same person is sent once.</param>
/// <param name="Text">Plain text, without the link.</param>
/// <param name="Link">Path of a page, without a leading slash.</param>
public sealed record PersonMail(UserId Person, string Key, string Subject, string Text, string Link);

/// <summary>A mail on its way. Times are real.</summary>
/// <param name="DueAt">Of the next try.</param>
/// <param name="Said">What the last try answered.</param>
public sealed record QueuedMail(Guid Id, PersonMail Mail, DeliveryState State, int Tries, DateTimeOffset QueuedAt, DateTimeOffset DueAt, DateTimeOffset? EndedAt, string? Said);

/// <param name="Trouble">What the newest that was not delivered answered; null without any.</param>
public sealed record MailCounts(int Waiting, int Delivered, int GivenUp, string? Trouble);

/// <summary>Mails to people, on their way.</summary>
public interface IPersonMails
{
    /// <summary>Within the caller's transaction where there is one. Who has one with the same key gets no second.</summary>
    Task QueueAsync(IReadOnlyCollection<PersonMail> mails, CancellationToken cancel);

    /// <summary>Waiting and due, the oldest first.</summary>
    Task<IReadOnlyList<QueuedMail>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancel);

    /// <summary>Writes state, tries, times and words. Of one that has ended the text is not kept.</summary>
    Task SaveAsync(QueuedMail mail, CancellationToken cancel);

    /// <summary>Of those whose key is this one.</summary>
    Task<MailCounts> CountAsync(InstanceId instance, string key, CancellationToken cancel);
}

/// <summary>Reaches one person: one try, now.</summary>
public interface IPersonMailSender
{
    /// <summary>Why nothing can be sent at all; null when it can.</summary>
    string? Missing { get; }

    /// <summary>Whatever the server does is an answer, not a fault.</summary>
    /// <returns><see cref="PersonMailAnswer.Nobody"/> where GitLab tells no address: trying again is in vain.</returns>
    Task<PersonMailAnswer> SendAsync(QueuedMail mail, CancellationToken cancel);
}

public abstract record PersonMailAnswer
{
    private PersonMailAnswer()
    {
    }

    public sealed record Tried(SendAnswer Answer) : PersonMailAnswer;

    public sealed record Nobody(string Why) : PersonMailAnswer;
}
