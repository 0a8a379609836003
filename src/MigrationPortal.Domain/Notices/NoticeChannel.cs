namespace MigrationPortal.Domain.Notices;

/// <summary>Stored by name: never rename one.</summary>
public enum ChannelKind
{
    /// <summary>E-mail over the SMTP server of <c>Portal:Mail</c>.</summary>
    Mail,

    /// <summary>A signed POST (standardwebhooks.com).</summary>
    Webhook,

    /// <summary>An incoming webhook of Mattermost.</summary>
    Mattermost,

    /// <summary>An incoming webhook of Slack.</summary>
    Slack,

    /// <summary>E-mail to a project's people, once a day or week: see <see cref="NoticeRules.Digest"/>.</summary>
    Digest,
}

/// <summary>Where notices go, without what is secret about it.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Place">What may be shown of the target: recipients, or an address without its path.</param>
/// <param name="Version">Grows with every change.</param>
public sealed record NoticeChannel(long Id, string Name, ChannelKind Kind, bool IsOn, string Place, NoticeRules Rules, long Version);

/// <summary>What it takes to reach a channel. Addresses of webhooks are as secret as their keys: whoever has one can post.</summary>
public abstract record ChannelTarget
{
    private ChannelTarget()
    {
    }

    public sealed record Mail(IReadOnlyList<string> To) : ChannelTarget
    {
        public override string Place => string.Join(", ", To);

        public override string ToString() => Place;
    }

    /// <param name="Secret">See <see cref="Shared.SigningSecret"/>.</param>
    public sealed record Webhook(Uri Url, string Secret) : ChannelTarget
    {
        public override string Place => Shown(Url);

        public override string ToString() => Place;
    }

    public sealed record Chat(Uri Url) : ChannelTarget
    {
        public override string Place => Shown(Url);

        public override string ToString() => Place;
    }

    /// <summary>What may be shown of it.</summary>
    public abstract string Place { get; }

    private static string Shown(Uri url) => $"{url.GetLeftPart(UriPartial.Authority)}/…";
}
