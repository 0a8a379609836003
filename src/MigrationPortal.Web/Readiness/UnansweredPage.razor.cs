using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Cohorts.Offers;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Readiness;

/// <summary>Whom the takeover would hit and who has not been heard; one click asks all that may be asked.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class UnansweredPage
{
    private const int Most = 200;
    private const int MostJobs = 3;

    private IReadOnlyList<UnansweredProject>? rows;
    private (bool Done, string Title, string Text)? said;
    private ActorNames names = ActorNames.None;
    private bool isSending;

    [Inject]
    private IPersonMailSender Sender { get; set; } = null!;

    [Inject]
    private ReadUnanswered Read { get; set; } = null!;

    [Inject]
    private SendOffers Send { get; set; } = null!;

    [Inject]
    private PeopleNames People { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Readiness, PortalTopic.Cohorts];

    private string Headline => rows switch
    {
        null => "Who has not been heard",
        { Count: 0 } => "Everybody has been heard",
        _ => $"{Words.Count(rows.Count, "project")} with jobs that will fail {(rows.Count == 1 ? "has" : "have")} not been heard",
    };

    /// <summary>May be asked now: not within the last week.</summary>
    private int? Due => rows?.Count(row => row.Last is null || Now - row.Last.At >= SendOffers.Pause);

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        var read = await Read.RunAsync(Instance, cancel);
        names = await People.OfAsync(OfferWords.Actors(read.Take(Most)), cancel);
        rows = read;
    }

    private string Link(UnansweredProject row) => Url.OfInstance(string.Create(CultureInfo.InvariantCulture, $"readiness/projects/{row.Project.Number}"));

    private async Task SendAsync()
    {
        var confirmed = await Dialogs.ConfirmAsync(new ConfirmRequest($"Ask the people of {Words.Count(Due ?? 0, "project")}?", "Ask them")
        {
            Text = "Their maintainers hear which jobs will fail on Kubernetes and what to do: mend them, say that they are all right, or stay on docker. A project is asked once a week at most.",
            Points = MailLook.Missing(Sender),
            AskReason = false,
        });
        if (confirmed is null) return;
        (isSending, said) = (true, null);
        try
        {
            said = (await Send.RunAsync(Instance, null, (await SignedIn).User.Actor(), CancellationToken.None)).Match<(bool, string, string)>(
                sent => (true, $"The people of {Words.Count(sent.Asked, "project")} are asked.", Rest(sent)), no => (false, "Nobody was asked.", string.Join(' ', no.Reasons)));
            await ReadAgainAsync();
        }
        catch (GitLabUnavailableException gone)
        {
            said = (false, "Nobody was asked.", gone.Message);
        }
        finally
        {
            isSending = false;
        }
    }

    private static string Rest(OffersSent sent) => string.Join(' ', ((string?[])
    [
        $"{Words.Count(sent.People, "person", "people")} in all.",
        sent.Unreachable.Count > 0 ? $"{Words.Count(sent.Unreachable.Count, "project")} {(sent.Unreachable.Count == 1 ? "has" : "have")} nobody to ask." : null,
        sent.Left > 0 ? $"{Words.Count(sent.Left, "project")} more can be asked: send again." : null,
    ]).OfType<string>());
}
