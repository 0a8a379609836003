using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Clusters.Surges;

/// <summary>One surge: the queue going down, its runners, when it ends, and the button that ends it now.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class SurgePage
{
    private const int MostSamples = 200;

    private Surge? surge;
    private IReadOnlyList<SurgeSample> samples = [];
    private string? refused;

    [Parameter]
    public long Id { get; set; }

    [Inject]
    private ISurgeStore Surges { get; set; } = null!;

    [Inject]
    private EndSurge End { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Surges];

    protected override InstanceId Instance => Instances.Production.Id;

    private string Headline => surge is null ? $"Surge {Id}" : $"{Words.Count(surge.Lent.Count, "QA runner")} to production: {SurgeLook.Of(surge.State).Word}";

    private long Queued => samples.Count > 0 ? samples[^1].Queued : surge!.QueuedBefore;

    private (string Value, string Title) Left => surge switch
    {
        { IsGoingOn: true } => (Words.Span(surge.Until - Now), "until it ends by itself"),
        { EndedAt: { } ended } => (Words.Span(ended - surge.AskedAt), "from asking for it to its end"),
        _ => (Words.Span(Now - surge!.Since), "on this part of the way back"),
    };

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        surge = await Surges.FindAsync(Id, cancel);
        samples = surge is null ? [] : await Surges.SamplesAsync(Id, MostSamples, cancel);
    }

    private async Task EndAsync()
    {
        var request = new ConfirmRequest($"End surge {Id} now?", $"Call {Words.Count(surge!.Lent.Count, "runner")} back")
        {
            Text = $"They take no further job; {Words.Count(surge.Lent.Sum(one => one.Running))} that run have up to {Words.Span(surge.DrainFor)} to end.",
            Points = ["Then the lent runners are deleted, and their managers and Secrets removed.", "QA's runners become what they were."],
            Danger = true,
            AskReason = true,
            ReasonRequired = true,
        };
        if (await Dialogs.ConfirmAsync(request) is not { } yes) return;
        refused = (await End.RunAsync(Id, (await SignedIn).User.Actor(), yes.Given, CancellationToken.None)).Match<string?>(_ => null, no => string.Join(' ', no.Reasons));
        await ReadAgainAsync();
    }
}
