using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Notices;

/// <summary>Alerts and who has taken them; the channels that send them; what became of each message.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class NotificationsPage
{
    private const string TabKey = "tab";
    private const string ChannelsTab = "channels";
    private const string DeliveriesTab = "deliveries";
    private const string ShowKey = "show";
    private const string StateKey = "state";
    private const string EditKey = "edit";
    private const string New = "new";
    private const int Most = 200;

    private IReadOnlyList<StoredNotice> notices = [];
    private IReadOnlyList<NoticeChannel> channels = [];
    private IReadOnlyList<Delivery> deliveries = [];
    private Dictionary<long, ChannelUse> use = [];
    private ActorNames names = ActorNames.None;
    private Actor reader = Actor.Portal;
    private long open;
    private string? refused;
    private string? madeSecret;

    [Inject]
    private INoticeStore Notices { get; set; } = null!;

    [Inject]
    private IChannelStore Channels { get; set; } = null!;

    [Inject]
    private IDeliveryStore Deliveries { get; set; } = null!;

    [Inject]
    private TakeNotice Take { get; set; } = null!;

    [Inject]
    private PeopleNames People { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Notices];

    private string Tab => Url[TabKey] is ChannelsTab or DeliveriesTab ? Url[TabKey]! : "";

    private bool IsAdding => Url[EditKey] == New;

    private DateTimeOffset RealNow => Time.GetUtcNow();

    private NoticeFilter Filter => Url[ShowKey] switch { "alerts" => NoticeFilter.Alerts, "all" => NoticeFilter.All, _ => NoticeFilter.Open };

    private string Headline => !IsRead ? "Notifications" : open == 0 ? "No alert waits for somebody" : $"{Words.Count(open, "alert waits", "alerts wait")} for somebody to take {(open == 1 ? "it" : "them")}";

    private string Said
    {
        get
        {
            if (!IsRead) return "Alerts, and the channels that send them.";
            var (on, waiting, givenUp) = (channels.Count(one => one.IsOn), use.Values.Sum(one => one.Waiting), use.Values.Sum(one => one.GivenUp));
            return channels.Count == 0
                ? "No channel is set up: alerts stand here alone."
                : $"{on} of {Words.Count(channels.Count, "channel")} {(on == 1 ? "is" : "are")} on. {Words.Count(waiting, "message waits", "messages wait")} to be delivered; {Words.Count(givenUp)} given up in the last 24 hours.";
        }
    }

    private IReadOnlyList<TabLink> Tabs =>
    [
        new("Alerts", Url.With([new(TabKey, null), new(EditKey, null)]), Tab.Length == 0, Words.Count(open)),
        new("Channels", Url.With([new(TabKey, ChannelsTab), new(EditKey, null)]), Tab == ChannelsTab, Words.Count(channels.Count)),
        new("Messages", Url.With([new(TabKey, DeliveriesTab), new(EditKey, null)]), Tab == DeliveriesTab, Words.Count(use.Values.Sum(one => one.Waiting)) + " waiting"),
    ];

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        reader = (await SignedIn).User.Actor();
        open = await Notices.CountAsync(Instance, NoticeFilter.Open, cancel);
        channels = await Channels.ListAsync(cancel);
        use = (await Deliveries.UseAsync(RealNow, cancel)).ToDictionary(one => one.Channel);
        if (Tab == DeliveriesTab) deliveries = await Deliveries.NewestAsync(StateAsked, null, Most, null, cancel);
        if (Tab.Length > 0) return;
        notices = await Notices.NewestAsync(Instance, Filter, Most, null, cancel);
        names = await People.OfAsync(notices.Select(one => one.TakenBy).OfType<Actor>(), cancel);
    }

    private DeliveryState? StateAsked => Url[StateKey] switch { "waiting" => DeliveryState.Waiting, "givenUp" => DeliveryState.GivenUp, _ => null };

    private IReadOnlyList<TabLink> NoticeChoices => Shown(ShowKey, [(null, "Not taken"), ("alerts", "All alerts"), ("all", "Everything")]);

    private IReadOnlyList<TabLink> MessageChoices => Shown(StateKey, [(null, "All"), ("waiting", "Waiting"), ("givenUp", "Given up")]);

    private IReadOnlyList<TabLink> Shown(string key, (string? Value, string Title)[] choices) =>
        [.. choices.Select(one => new TabLink(one.Title, Url.With(key, one.Value), Url[key] == one.Value))];

    private async Task TakeAsync((long Id, bool Over) asked)
    {
        refused = (await Take.RunAsync(asked.Id, reader, asked.Over, CancellationToken.None)).Match<string?>(_ => null, no => string.Join(' ', no.Reasons));
        await ReadAgainAsync();
    }

    private async Task SaveAsync(string? secret)
    {
        madeSecret = secret;
        CloseForm();
        await ReadAgainAsync();
    }

    private void CloseForm() => Url.Set(EditKey, null);
}
