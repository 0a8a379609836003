using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Notices;

/// <param name="MadeSecret">The signing secret that the portal made: shown now and never again.</param>
public sealed record ChannelChanged(NoticeChannel Channel, string? MadeSecret);

/// <summary>Adds, changes and removes channels. The audit trail holds no address of a webhook and no secret.</summary>
public sealed class ChangeChannel(IChannelStore channels, IAuditTrail audit, TimeProvider time)
{
    /// <summary>Refuses <c>invalid-channel</c> and <c>name-taken</c>.</summary>
    public async Task<Outcome<ChannelChanged>> AddAsync(ChannelWish wish, Actor who, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (Invalid(wish, isNew: true) is { } no) return no;
        var target = wish.Target(null)!;
        var added = await audit.ChangeAsync<NoticeChannel?>(
            async () =>
            {
                var made = await channels.AddAsync(new NoticeChannel(0, wish.Name.Trim(), wish.Kind, wish.IsOn, target.Place, wish.Rules, 0), target, cancel);
                return (made, made is null ? null : Entry("notices.channel.add", made.Id, who, null, Shown(made)));
            },
            cancel);
        if (added is null) return NameTaken(wish);
        return new ChannelChanged(added, wish.Secret is null && target is ChannelTarget.Webhook made ? made.Secret : null);
    }

    /// <summary>Refuses <c>unknown-channel</c>, <c>invalid-channel</c>, <c>kind-fixed</c> and <c>changed-meanwhile</c>.</summary>
    public async Task<Outcome<ChannelChanged>> SaveAsync(long id, ChannelWish wish, Actor who, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (await channels.FindAsync(id, cancel) is not { } before) return Unknown(id);
        if (Invalid(wish, isNew: false) is { } no) return no;
        if (wish.Kind != before.Kind) return Refusal.Of("kind-fixed", $"Channel {before.Name} sends by {before.Kind}: add another channel, and remove this one.");
        var target = wish.Target(await KnownTargetAsync(wish, id, cancel));
        var after = before with { Name = wish.Name.Trim(), IsOn = wish.IsOn, Place = target?.Place ?? before.Place, Rules = wish.Rules };
        var saved = await audit.ChangeAsync<NoticeChannel?>(
            async () =>
            {
                var now = await channels.SaveAsync(after, target, cancel);
                return (now, now is null ? null : Entry("notices.channel.change", id, who, Shown(before), Shown(now, target is not null)));
            },
            cancel);
        return saved is null
            ? Refusal.Of("changed-meanwhile", $"Channel {before.Name} was changed or removed by somebody else, or another one is named {wish.Name.Trim()}: read it again.")
            : new ChannelChanged(saved, null);
    }

    /// <summary>What waits for the channel is dropped with it. Refuses <c>unknown-channel</c>.</summary>
    public async Task<Outcome<long>> RemoveAsync(long id, Actor who, CancellationToken cancel)
    {
        if (await channels.FindAsync(id, cancel) is not { } before) return Unknown(id);
        return await audit.ChangeAsync<bool>(
            async () => await channels.RemoveAsync(id, cancel) ? (true, Entry("notices.channel.remove", id, who, Shown(before), null)) : (false, null), cancel)
            ? id : Unknown(id);
    }

    internal static Refusal Unknown(long id) => Refusal.Of("unknown-channel", $"There is no channel {id}.");

    // Only half of a webhook's target is new: the other half is needed.
    private async Task<ChannelTarget?> KnownTargetAsync(ChannelWish wish, long id, CancellationToken cancel) =>
        wish.Kind == ChannelKind.Webhook && wish.Url is null != wish.Secret is null ? await channels.TargetAsync(id, cancel) : null;

    private static Refusal? Invalid(ChannelWish wish, bool isNew) =>
        wish.Problems(isNew).Select(one => $"{one.Field}: {one.Sentence}").ToArray() is { Length: > 0 } problems ? Refusal.Of("invalid-channel", problems) : null;

    private static Refusal NameTaken(ChannelWish wish) => Refusal.Of("name-taken", $"A channel is named {wish.Name.Trim()} already: choose another name.");

    private AuditEntry Entry(string what, long id, Actor who, string? before, string? after) => new(time.GetUtcNow(), null, who, what, $"channel/{id}", null, before, after);

    private static string Shown(NoticeChannel channel, bool targetChanged = false) => JsonSerializer.Serialize(new
    {
        channel.Name,
        Kind = channel.Kind.ToString(),
        channel.IsOn,
        // Recipients are people: their addresses stand with the channel alone.
        Place = channel.Kind is ChannelKind.Mail or ChannelKind.Digest ? $"{channel.Place.Split(',').Length} recipients" : channel.Place,
        TargetChanged = targetChanged,
        Otherwise = channel.Rules.Otherwise?.ToString(),
        Digest = channel.Rules.Digest is { } digest ? $"{digest.Path}, every {digest.Every}, {digest.Hour}:00 UTC" : null,
        Kinds = channel.Rules.Kinds.ToDictionary(one => one.Key, one => one.Value?.ToString()),
    });
}
