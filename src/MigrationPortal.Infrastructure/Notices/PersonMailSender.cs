using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Notices;

namespace MigrationPortal.Infrastructure.Notices;

/// <summary>Asks GitLab where the person is reached, and sends it there.</summary>
internal sealed class PersonMailSender(IGitLabIdentity people, MailSender mail, NoticeOptions options, TimeProvider time) : IPersonMailSender
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public string? Missing => options.Mail is null ? MailSender.NotSet : null;

    public async Task<PersonMailAnswer> SendAsync(QueuedMail queued, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            if (await people.AddressAsync(queued.Mail.Person, either.Token) is not { } address)
                return new PersonMailAnswer.Nobody("GitLab tells no e-mail address of this person: they are blocked, or the read token is no administrator's.");
            var link = options.PublicUrl is { } portal ? $"{portal}/{queued.Mail.Link}" : null;
            return new PersonMailAnswer.Tried(await mail.SendAsync(from => MailForm.Of(queued.Mail, queued.Id, link, from, address, time.GetUtcNow()), either.Token));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return new PersonMailAnswer.Tried(new SendAnswer(false, "No answer in time.", IsDown: true));
        }
        catch (GitLabUnavailableException fault)
        {
            return new PersonMailAnswer.Tried(new SendAnswer(false, fault.Message, fault.IsPutOff ? fault.RetryAfter : null, IsDown: true));
        }
    }
}
