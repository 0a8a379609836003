using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Notices;

/// <summary>Sends a test notice over a channel, at once and once, whether it is on or off.</summary>
public sealed class TestChannel(IChannelStore channels, INoticeSender sender, IAuditTrail audit, TimeProvider time)
{
    /// <summary>Refuses <c>unknown-channel</c>.</summary>
    /// <param name="instance">Named in the test, as alerts name theirs.</param>
    public async Task<Outcome<SendAnswer>> RunAsync(long id, InstanceId instance, Actor who, CancellationToken cancel)
    {
        if (await channels.FindAsync(id, cancel) is not { } channel) return ChangeChannel.Unknown(id);
        var now = time.GetUtcNow();
        var notice = new Notice(instance, NoticeKind.Test, NoticeSeverity.Info, "test", $"This is a test of the channel {channel.Name}: nothing has happened.",
            [new NoticeNumber("events that reach it", $"{NoticeKind.All.Count(kind => channel.Rules.LeastOf(kind.Name) is not null)} of {NoticeKind.All.Count}")], "notifications", now);
        var answer = await sender.SendAsync(channel, new Parcel(Guid.CreateVersion7(now), new StoredNotice(0, notice), 1), cancel);
        await audit.AppendAsync(new AuditEntry(now, null, who, "notices.channel.test", $"channel/{id}", null, null,
            JsonSerializer.Serialize(new { delivered = answer.IsDelivered, answer = answer.Said })), cancel);
        return answer;
    }
}
