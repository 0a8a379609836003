using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Clusters;

/// <summary>What was applied to a cluster, and the runners that were registered in it.</summary>
public sealed partial class ClusterApplications
{
    private string? refused;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Inject]
    private UndoRegistration Undo { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required Cluster Of { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<Application> Applications { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ClusterRegistration> Registrations { get; set; }

    [Parameter, EditorRequired]
    public required Func<Task> OnChanged { get; set; }

    private async Task UndoAsync(ClusterRegistration one)
    {
        var request = new ConfirmRequest($"Undo the registration of {one.Description}?", "Undo it all") { Text = "Its objects, its Secret and the runner in GitLab are removed.", Points = ["A runner with running jobs stays: drain it first."], Danger = true, AskReason = true, ReasonRequired = true };
        if (await Dialogs.ConfirmAsync(request) is not { } yes) return;
        refused = (await Undo.RunAsync(one.Cluster, one.Id, (await SignedIn).User.Actor(), yes.Given, CancellationToken.None)).Match<string?>(_ => null, no => string.Join(' ', no.Reasons));
        await OnChanged();
    }
}
