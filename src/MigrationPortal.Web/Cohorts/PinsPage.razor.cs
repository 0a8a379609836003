using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Pins;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Every project that stays on docker, those first whose time is soon over; an administrator gives another end.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class PinsPage
{
    internal const string StateKey = "state";
    internal const string WillMove = "will-move";
    internal const string Over = "over";
    private const string Held = "held-back";
    private const string Soon = "ends-soon";
    private const int Most = 100;

    private static readonly IReadOnlyList<FilterDef> Filters = [new(StateKey, "state", [new(Soon, "ends within 14 days"), new(Over, "time is over"), new(WillMove, "will move"), new(Held, "held back")])];

    private IReadOnlyList<Pin>? pins;
    private MigrationFacts? known;
    private ActSaid? said;
    private bool byHand;
    private bool mayChange;
    private bool busy;

    [Inject]
    private ReadPins Read { get; set; } = null!;

    [Inject]
    private ChangePin Change { get; set; } = null!;

    [Inject]
    private ICohortFacts Facts { get; set; } = null!;

    [Inject]
    private IPortalHand Hands { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Cohorts, PortalTopic.Readiness, PortalTopic.Phases];

    private string Headline
    {
        get
        {
            if (pins is null or { Count: 0 }) return "Pins";
            var soon = pins.Count(pin => pin.EndsSoon(Now));
            return soon > 0 ? $"{Words.Count(soon)} of {Words.Count(pins.Count, "pin")} {(soon == 1 ? "ends" : "end")} within 14 days"
                : $"{Words.Count(pins.Count(pin => pin.IsVerified))} of {Words.Count(pins.Count, "project")} pinned to docker {(pins.Count == 1 ? "is" : "are")} held back";
        }
    }

    private IReadOnlyList<Pin> Shown
    {
        get
        {
            var (states, search) = (Url.All(StateKey), Url["q"]);
            return [.. pins!.Where(pin => (states.Count == 0 || states.Any(state => Is(pin, state))) && (search is null || pin.Path.Contains(search, StringComparison.OrdinalIgnoreCase)))];
        }
    }

    private IEnumerable<(string Title, IReadOnlyList<Pin> Rows)> Groups
    {
        get
        {
            var (soon, later) = (Shown.Where(pin => pin.EndsSoon(Now)).OrderBy(pin => pin.Enrollment.Until).ToList(), Shown.Where(pin => !pin.EndsSoon(Now)).OrderBy(pin => pin.Enrollment.Until ?? DateTimeOffset.MaxValue).ToList());
            if (soon.Count > 0) yield return ("End within 14 days", soon);
            if (later.Count > 0) yield return ("Later, or without an end", later);
        }
    }

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        mayChange = (await SignedIn).User.Holds(TokenScope.Admin);
        known = await Facts.ReadAsync(Instance, cancel);
        byHand = known.AutomationOn && Hands.Of(Instance) is not null;
        pins = await Read.RunAsync(Instance, cancel);
    }

    private bool Is(Pin pin, string state) => state switch
    {
        Soon => pin.EndsSoon(Now),
        Over => pin.IsOver(Now),
        WillMove => !pin.IsVerified,
        Held => pin.IsVerified,
        _ => false,
    };

    private async Task EndAsync(Pin pin)
    {
        var asked = await Dialogs.ConfirmAsync(new ConfirmRequest($"Another end for {pin.Path}?", "Set the end")
        {
            Text = pin.Enrollment.Until is { } until ? $"It ends on {until.UtcDateTime:d MMM yyyy} now. Its people see the new day on their page." : "It has no end now. Its people see the day on their page.",
            Day = MoreTime.Asked(Now, pin.Enrollment.Until),
            ReasonRequired = true,
        });
        if (asked is { Day: { } day }) await DoAsync(pin, MoreTime.EndOf(day), asked.Reason);
    }

    private async Task EndNowAsync(Pin pin)
    {
        var asked = await Dialogs.ConfirmAsync(new ConfirmRequest($"End the pin of {pin.Path} now?", "End it now")
        {
            Text = byHand ? "The portal takes the change out; what stood before the change stands again, to the letter." : "Its people are told to take the change out: the portal has no hand to do it, or automation is off.",
            Points = known is { Phase: >= 2, Evacuated: false } ? ["Its jobs run on Kubernetes then."] : [],
            Danger = true,
            ReasonRequired = true,
        });
        if (asked is not null) await DoAsync(pin, Now, asked.Reason);
    }

    private async Task DoAsync(Pin pin, DateTimeOffset until, string reason)
    {
        if (busy) return;
        busy = true;
        try
        {
            said = (await Change.RunAsync(pin.Enrollment.Project, until, reason, (await SignedIn).User.Actor(), CancellationToken.None)).Match(
                done => new ActSaid(true, done.Until <= Now ? $"The time of {pin.Path} on docker is over." : $"{pin.Path} stays on docker until {done.Until!.Value.UtcDateTime:d MMM yyyy}.", null), ActSaid.No);
        }
        finally
        {
            busy = false;
        }

        await ReadAgainAsync();
    }
}
