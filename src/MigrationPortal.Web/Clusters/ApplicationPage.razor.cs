using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Export;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Clusters;

/// <summary>One application, its steps as they go on, and the way back.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class ApplicationPage
{
    private Cluster? cluster;
    private Application? shown;
    private Application? before;
    private ActorNames names = ActorNames.None;
    private string? refused;

    [Parameter]
    public long Id { get; set; }

    [Parameter]
    public long Number { get; set; }

    [Inject]
    private IClusterStore Clusters { get; set; } = null!;

    [Inject]
    private IApplicationStore Applications { get; set; } = null!;

    [Inject]
    private RollBackApplication Back { get; set; } = null!;

    [Inject]
    private CancelExport Cancelled { get; set; } = null!;

    [Inject]
    private PeopleNames People { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Clusters];

    protected override InstanceId Instance => shown?.Instance ?? base.Instance;

    private string Headline => shown is null ? $"Application {Number}" : $"{shown.ConfigurationName}, revision {shown.Revision}: {ApplyLook.Of(shown.State).Word}";

    private string Progress => $"{shown!.Steps.Count(one => one.State is ApplyStepState.Done or ApplyStepState.Skipped)} of {shown.Steps.Count} done";

    private bool MayReturn => shown!.Target != ApplyTarget.Exported && shown.State is not (ApplicationState.RollingBack or ApplicationState.RolledBack);

    private string BackWords => before is null ? "A roll back removes what it made." : $"A roll back returns to revision {before.Revision} (application {before.Id}).";

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        cluster = await Clusters.FindAsync(Id, cancel);
        if (cluster is not null) ShowInstance(cluster.Instance);
        shown = await Applications.FindAsync(Id, Number, cancel);
        names = await People.OfAsync(shown?.Override is { } vouched ? [vouched.Who] : [], cancel);
        before = shown?.Before is { } id ? await Applications.FindAsync(Id, id, cancel) : null;
    }

    private async Task CancelAsync()
    {
        var request = new ConfirmRequest($"Wait no longer for {shown!.ConfigurationName} in {cluster?.Name}?", "Cancel") { Text = "An open merge request of the portal's is closed. Nothing in the cluster is touched.", Danger = true, AskReason = true, ReasonRequired = true };
        if (await Dialogs.ConfirmAsync(request) is not { } yes) return;
        refused = (await Cancelled.RunAsync(Id, Number, (await SignedIn).User.Actor(), yes.Given, CancellationToken.None)).Match<string?>(_ => null, no => string.Join(' ', no.Reasons));
        await ReadAgainAsync();
    }

    private async Task RollBackAsync()
    {
        var request = new ConfirmRequest($"Roll {shown!.ConfigurationName} back in {cluster?.Name}?", $"Roll back revision {shown.Revision}") { Text = BackWords, Points = ["Namespaces stay.", "Jobs that run on a manager which ends have its grace period."], Danger = true, AskReason = true, ReasonRequired = true };
        if (await Dialogs.ConfirmAsync(request) is not { } yes) return;
        refused = (await Back.RunAsync(Id, Number, (await SignedIn).User.Actor(), yes.Given, CancellationToken.None)).Match<string?>(_ => null, no => string.Join(' ', no.Reasons));
        await ReadAgainAsync();
    }
}
