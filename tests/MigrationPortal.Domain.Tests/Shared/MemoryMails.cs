using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Shared;

/// <summary>Mails to people in memory, and the way out as the test says.</summary>
public sealed class MemoryPersonMails : IPersonMails, IPersonMailSender
{
    public List<QueuedMail> All { get; } = [];

    public string? Missing { get; set; } = "No SMTP server in this test.";

    public Func<QueuedMail, PersonMailAnswer> Answer { get; set; } = _ => new PersonMailAnswer.Tried(new SendAnswer(true, "250 ok"));

    public Task QueueAsync(IReadOnlyCollection<PersonMail> mails, CancellationToken cancel)
    {
        foreach (var mail in mails.Where(mail => !All.Exists(one => one.Mail.Person == mail.Person && one.Mail.Key == mail.Key)))
            All.Add(new QueuedMail(Guid.CreateVersion7(), mail, DeliveryState.Waiting, 0, Make.Now, Make.Now, null, null));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<QueuedMail>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<QueuedMail>>([.. All.Where(one => one.State == DeliveryState.Waiting && one.DueAt <= now).Take(limit)]);

    public Task SaveAsync(QueuedMail mail, CancellationToken cancel)
    {
        All[All.FindIndex(one => one.Id == mail.Id)] = mail;
        return Task.CompletedTask;
    }

    public Task<MailCounts> CountAsync(InstanceId instance, string key, CancellationToken cancel)
    {
        var those = All.Where(one => one.Mail.Key == key).ToList();
        return Task.FromResult(new MailCounts(those.Count(one => one.State == DeliveryState.Waiting), those.Count(one => one.State == DeliveryState.Delivered), those.Count(one => one.State == DeliveryState.GivenUp), null));
    }

    public Task<PersonMailAnswer> SendAsync(QueuedMail mail, CancellationToken cancel) => Task.FromResult(Answer(mail));
}

public sealed class MemoryWordings : IWordings
{
    public Dictionary<string, string> Own { get; } = [];

    public Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyDictionary<string, string>>(Own);

    public Task SaveAsync(string key, string? text, CancellationToken cancel)
    {
        if (text is null) Own.Remove(key);
        else Own[key] = text;
        return Task.CompletedTask;
    }
}
