using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Stragglers;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Cohorts;

/// <summary>How far those are who are still on docker: stages with their age, who was asked, and what became of each branch.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class CampaignPage
{
    private const int Most = 200;
    private const int MostGone = 200;
    private const string GoneWord = "gone";

    private IReadOnlyList<CampaignLook>? all;
    private IReadOnlyList<CampaignLook> gone = [];
    private ActorNames names = ActorNames.None;
    private ActSaid? said;
    private string? notYet;
    private bool busy;

    [Inject]
    private ReadCampaign Read { get; set; } = null!;

    [Inject]
    private ChangeStraggler Change { get; set; } = null!;

    [Inject]
    private ICohortFacts Facts { get; set; } = null!;

    [Inject]
    private PeopleNames People { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Cohorts, PortalTopic.Digests];

    private bool IsNew => Url["new"] == "1";

    private string? Search => Url["q"];

    private IReadOnlyList<CampaignLook> Shown =>
    [
        .. (Url["stage"] == GoneWord ? gone : all ?? []).Where(one => Url["stage"] is null or GoneWord || one.Case.Stage.Word() == Url["stage"])
            .Where(one => Search is null || one.Path.Contains(Search, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(one => one.Case.IsOverdue(Now)).ThenBy(one => one.Case.FinalAt).ThenBy(one => one.Path, StringComparer.Ordinal),
    ];

    private IReadOnlyList<TabLink> Choices =>
    [
        new($"All {Words.Count(all?.Count ?? 0)}", Url.With("stage", null), Url["stage"] is null),
        .. (all ?? []).GroupBy(one => one.Case.Stage).OrderBy(one => one.Key).Select(one => new TabLink($"{Words.Sentence(CampaignWords.Of(one.First().Case, DateTimeOffset.MinValue).Word)} {Words.Count(one.Count())}", Url.With("stage", one.Key.Word()), Url["stage"] == one.Key.Word())),
        .. gone.Count > 0 ? [new TabLink($"Gone from docker {Words.Count(gone.Count)}", Url.With("stage", GoneWord), Url["stage"] == GoneWord)] : (TabLink[])[],
    ];

    private string Headline => all switch
    {
        null or { Count: 0 } => "Campaign for stragglers",
        _ when all.Count(one => one.Case.IsOverdue(Now)) is > 0 and var over => $"{Words.Count(over, "project")} {(over == 1 ? "is" : "are")} past the last day on docker",
        _ => $"{Words.Count(all.Count, "project")} still on docker {(all.Count == 1 ? "is" : "are")} being asked",
    };

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        notYet = StragglerPhase.WhyNot(await Facts.ReadAsync(Instance, cancel))?.Reasons[0];
        var (active, left) = (await Read.RunAsync(Instance, null, cancel), await Read.GoneAsync(Instance, MostGone, cancel));
        names = await People.OfAsync(active.Concat(left).SelectMany(one => one.Asked.Select(CampaignWords.Actor).Append(one.Case.By)), cancel);
        (all, gone) = (active, left);
    }

    private async Task BegunAsync(string text)
    {
        said = new ActSaid(true, text, null);
        Url.Set("new", null);
        await ReadAgainAsync();
    }

    private async Task HandledAsync(CampaignLook one)
    {
        var asked = await Dialogs.ConfirmAsync(new ConfirmRequest($"Take {one.Path} on?", "Mark it as handled")
        {
            Text = "Nobody of it is written to any more, and no further merge request is opened. It leaves the list once no such job has run for long enough.",
            AskReason = true,
            ReasonRequired = true,
        });
        if (asked is not null) await ActAsync(one, null, asked.Reason, $"{one.Path} is handled.");
    }

    private async Task PostponeAsync(CampaignLook one)
    {
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        var asked = await Dialogs.ConfirmAsync(new ConfirmRequest($"Give {one.Path} another last day?", "Set the last day")
        {
            Text = $"It is {StragglerWords.Day(one.Case.FinalAt)} now. Its people see the new one on their page, and in the mails that are still to come.",
            AskReason = true,
            ReasonRequired = true,
            Day = new AskedDay("Last day on docker", today.AddDays(1), today.AddDays((int)CampaignWish.Longest.TotalDays - 1), Later(today, DateOnly.FromDateTime(one.Case.FinalAt.UtcDateTime)).AddDays(one.Case.Campaign.RemindDays)),
        });
        if (asked is { Day: { } day }) await ActAsync(one, new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero), asked.Reason, $"The last day of {one.Path} is another one now.");
    }

    private async Task ActAsync(CampaignLook one, DateTimeOffset? until, string reason, string done)
    {
        busy = true;
        try
        {
            said = (await Change.RunAsync(one.Case.Project, until, reason, (await SignedIn).User.Actor(), CancellationToken.None)).Match(_ => new ActSaid(true, done, null), ActSaid.No);
        }
        finally
        {
            busy = false;
        }

        await ReadAgainAsync();
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
