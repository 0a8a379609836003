using System.Globalization;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Notices;

/// <summary>
/// Puts due digests into the outbox, one message a channel and period. Told first and noted then, under a key of its period:
/// killed in between, it is told again and that changes nothing.
/// </summary>
public sealed class TellDigests(IChannelStore channels, IProjectNews news, INotices notices, IWorldClock clock)
{
    /// <summary>More are counted: nobody reads on.</summary>
    private const int Most = 40;

    /// <returns>How many messages were put into the outbox.</returns>
    public async Task<int> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var (now, told) = (clock.Now(instance), 0);
        foreach (var channel in (await channels.ListAsync(cancel)).Where(one => one.Kind == ChannelKind.Digest))
        {
            if (channel.Rules.Digest is not { } plan || plan.Due(now, await channels.DigestedAsync(channel.Id, cancel)) is not { } time) continue;
            // Of one that is off the time passes too: what happens from now on is sent once it is on.
            var found = channel.IsOn ? await news.OfAsync(instance, plan, time, cancel) : [];
            if (found.Count > 0)
            {
                await notices.TellAsync(Of(instance, channel, plan, time, found), channel.Id, cancel);
                told++;
            }
            await channels.SaveDigestedAsync(channel.Id, time.To, cancel);
        }
        return told;
    }

    private static Notice Of(InstanceId instance, NoticeChannel channel, DigestPlan plan, TimeWindow time, IReadOnlyList<ProjectNews> news) => new(
        instance, NoticeKind.Digest, NoticeSeverity.Info, string.Create(CultureInfo.InvariantCulture, $"digest/{channel.Id}/{time.To.UtcDateTime:O}"),
        string.Create(CultureInfo.InvariantCulture, $"{(news.Count == 1 ? "1 thing" : $"{news.Count} things")} happened to CI jobs of {plan.Path} from {Day(time.From)} to {Day(time.To)} UTC."),
        [
            .. news.Take(Most).Select(one => new NoticeNumber(Day(one.At), one.Sentence)),
            .. news.Count > Most ? [new NoticeNumber("and", string.Create(CultureInfo.InvariantCulture, $"{news.Count - Most} more"))] : Array.Empty<NoticeNumber>(),
        ],
        "my-projects", time.To);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);
}
