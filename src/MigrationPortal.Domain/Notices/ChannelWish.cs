using System.Net.Mail;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Notices;

/// <summary>A channel as somebody wrote it. Of a stored one what is null stays: an address or secret need not be typed again.</summary>
/// <param name="To">Mail: recipients.</param>
/// <param name="Url">Webhook and chat.</param>
/// <param name="Secret">Webhook: <c>whsec_</c> and base64; null for a new one: the portal makes it.</param>
public sealed record ChannelWish(string Name, ChannelKind Kind, bool IsOn, IReadOnlyList<string>? To, string? Url, string? Secret, NoticeRules Rules)
{
    public const int LongestName = 60;
    private const int MostRecipients = 50;

    private bool IsMail => Kind is ChannelKind.Mail or ChannelKind.Digest;

    // Written out, so that no log or error ever holds an address or secret.
    public override string ToString() => $"{Kind} {Name}";

    /// <summary>Everything that is wrong, with its field in the API; empty when it can be stored.</summary>
    /// <param name="isNew">A new channel needs its target.</param>
    public IEnumerable<(string Field, string Sentence)> Problems(bool isNew)
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Trim().Length > LongestName) yield return ("name", $"Needed: 1 to {LongestName} characters.");
        foreach (var unknown in Rules.Kinds.Keys.Except(NoticeKind.All.Select(one => one.Name), StringComparer.Ordinal))
            yield return ("rules", $"'{unknown}' is no event. Use: {string.Join(", ", NoticeKind.All.Select(one => one.Name))}.");
        if (Kind != ChannelKind.Digest && Rules.Digest is not null) yield return ("digest", "Only a digest has a project and an hour.");
        if (Kind == ChannelKind.Digest && Rules.Digest is null) yield return ("digest", "Needed: path, every (day or week) and hour.");
        foreach (var problem in Rules.Digest?.Problems() ?? []) yield return problem;
        foreach (var problem in IsMail ? MailProblems(isNew) : HookProblems(isNew)) yield return problem;
    }

    /// <summary>What of the target is new; null when nothing is.</summary>
    /// <param name="before">The stored one; null for a new channel.</param>
    internal ChannelTarget? Target(ChannelTarget? before) => Kind switch
    {
        ChannelKind.Mail or ChannelKind.Digest => To is null ? null : new ChannelTarget.Mail([.. To.Select(one => one.Trim()).Distinct(StringComparer.OrdinalIgnoreCase)]),
        ChannelKind.Webhook when Url is null && Secret is null => null,
        ChannelKind.Webhook => new ChannelTarget.Webhook(
            Url is null ? ((ChannelTarget.Webhook)before!).Url : new Uri(Url.Trim()),
            Secret ?? (before as ChannelTarget.Webhook)?.Secret ?? SigningSecret.Make()),
        _ => Url is null ? null : new ChannelTarget.Chat(new Uri(Url.Trim())),
    };

    private IEnumerable<(string, string)> MailProblems(bool isNew)
    {
        if (Url is not null) yield return ("url", "An e-mail channel has recipients, no address.");
        if (Secret is not null) yield return ("signingSecret", "Only a webhook is signed.");
        if (isNew && To is null || To is { Count: 0 or > MostRecipients }) yield return ("to", $"Needed: 1 to {MostRecipients} e-mail addresses.");
        foreach (var one in To ?? [])
            if (!MailAddress.TryCreate(one.Trim(), out var address) || address.Address != one.Trim())
                yield return ("to", $"'{one}' is no e-mail address.");
    }

    private IEnumerable<(string, string)> HookProblems(bool isNew)
    {
        if (To is not null) yield return ("to", "Only an e-mail channel has recipients.");
        if (Secret is not null && Kind != ChannelKind.Webhook) yield return ("signingSecret", "Only a webhook is signed.");
        else if (Secret is not null && !SigningSecret.IsStrong(Secret)) yield return ("signingSecret", "Must be whsec_ followed by the base64 of 16 to 64 bytes (its value is not shown). Leave it out: the portal makes one.");
        if (Url is null && !isNew) yield break;
        if (OutgoingAddress.Problem(Url) is { } problem) yield return ("url", problem);
    }
}
