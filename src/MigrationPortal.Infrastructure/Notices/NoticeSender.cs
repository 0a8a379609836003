using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Notices;

namespace MigrationPortal.Infrastructure.Notices;

/// <summary>Finds the target, writes the message, sends it the channel's way, within a limit of time.</summary>
internal sealed class NoticeSender(IChannelStore channels, IUserDirectory people, HookSender hooks, MailSender mail, NoticeOptions options, TimeProvider time) : INoticeSender
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public IReadOnlyList<string> Missing(ChannelKind kind)
    {
        var missing = new List<string>();
        if (kind is ChannelKind.Mail or ChannelKind.Digest && options.Mail is null) missing.Add(MailSender.NotSet);
        if (options.PublicUrl is null) missing.Add("Portal:PublicUrl is not set: messages carry no link to the page where something can be done.");
        return missing;
    }

    public async Task<SendAnswer> SendAsync(NoticeChannel channel, Parcel parcel, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            var message = await WriteAsync(parcel, either.Token);
            return await channels.TargetAsync(channel.Id, either.Token) switch
            {
                ChannelTarget.Webhook hook => await hooks.SendAsync(hook, parcel, message, either.Token),
                ChannelTarget.Chat chat => await hooks.SendAsync(chat, channel.Kind, message, either.Token),
                ChannelTarget.Mail to => await mail.SendAsync(to, parcel, message, either.Token),
                _ => new SendAnswer(false, "The channel was removed.", IsDown: true),
            };
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return new SendAnswer(false, "No answer in time.", IsDown: true);
        }
        catch (TargetLostException lost)
        {
            return new SendAnswer(false, lost.Message, IsDown: true);
        }
    }

    private async Task<Message> WriteAsync(Parcel parcel, CancellationToken cancel)
    {
        var stored = parcel.Notice;
        var taker = stored.TakenBy switch
        {
            null => null,
            { User: { } user } => (await people.FindAsync(user, cancel))?.Name ?? $"user {user.Number}",
            var other => $"API token {other.Id}",
        };
        // Two instances share the portal: the link opens the one that the notice is about.
        var path = stored.Notice.Link + (stored.Notice.Link.Contains('?', StringComparison.Ordinal) ? '&' : '?') + $"instance={Uri.EscapeDataString(stored.Notice.Instance.Name)}";
        return new Message(stored, options.PublicUrl is { } portal ? $"{portal}/{path}" : null, taker);
    }
}
