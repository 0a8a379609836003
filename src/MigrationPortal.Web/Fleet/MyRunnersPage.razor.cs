using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Fleet;

/// <summary>The docker runners of the reader's own groups and projects: what they still do, how long they may, and two ways out. Never another's.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed partial class MyRunnersPage
{
    private IReadOnlyList<OwnedRunner>? mine;
    private ClaimsPrincipal person = new();
    private (bool Done, string Text)? said;
    private string optIn = "k8s-default";
    private bool busy;

    [Inject]
    private MyRunnersReading Reading { get; set; } = null!;

    [Inject]
    private AnswerForRunner Answer { get; set; } = null!;

    [Inject]
    private IMigrationStore Migration { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Fleet, PortalTopic.Jobs];

    private static string Ends => $"{Attention.GitLab20:d MMMM yyyy}";

    private string Headline
    {
        get
        {
            var open = mine?.Count(one => one.Runner.EndsWithGitLab20 && (one.Answer is null || one.IsContradicted)) ?? 0;
            return mine is not { Count: > 0 } ? "My runners"
                : open > 0 ? $"{Words.Count(open, "runner")} of yours {(open == 1 ? "ends" : "end")} in {Words.Count(Attention.DaysToGitLab20(Now))} days"
                : $"{Words.Count(mine.Count, "runner")} with docker {(mine.Count == 1 ? "is" : "are")} yours";
        }
    }

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        person = (await SignedIn).User;
        mine = await Reading.OfAsync(person, Instance, cancel);
        optIn = (await Migration.SettingsAsync(Instance, cancel)).OptInTag;
    }

    private async Task SayAsync(OwnedRunner one, OwnerSays? says)
    {
        var name = one.Runner.Runner.Observed.Description;
        var asked = says switch
        {
            OwnerSays.Done => await Dialogs.ConfirmAsync(new ConfirmRequest($"Is {name} done?", "It is done") { Text = "Its jobs have found another runner. Nothing of the runner is changed; pause and remove it in GitLab.", Points = ["If it starts a job after this, you and the administrators see it here."] }),
            OwnerSays.Keep => await Dialogs.ConfirmAsync(new ConfirmRequest($"Keep {name}?", "We keep it") { Text = "The administrators see it with your reason.", Points = one.Runner.EndsWithGitLab20 ? [$"GitLab removes its executor on {Ends} all the same."] : [], AskReason = true, ReasonRequired = true }),
            _ => new Confirmed(""),
        };
        if (asked is null || busy) return;
        busy = true;
        try
        {
            // Whose it is may have changed since the page was read.
            if ((await Reading.OfAsync(person, one.Id.Instance, Leaving))?.Any(own => own.Id == one.Id) != true) said = (false, $"{name} is no longer yours, GitLab says.");
            else said = (await Answer.RunAsync(one.Id, says, asked.Reason, person.Actor(), Leaving)).Match(
                answer => (true, answer is null ? $"You have said nothing about {name} any more." : $"{name} is {(answer.Says == OwnerSays.Done ? "done" : "kept")}, you say."), no => (false, string.Join(" ", no.Reasons)));
        }
        finally
        {
            busy = false;
        }

        await ReadAgainAsync();
    }
}
