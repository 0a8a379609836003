using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Clusters;

/// <summary>How a cluster is reached, without what is secret; the form that changes it, and the button that forgets it.</summary>
public sealed partial class ClusterConnection
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    private string? refused;

    [Inject]
    private ChangeCluster Change { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required ClusterLine Line { get; set; }

    [Parameter, EditorRequired]
    public required Func<Task> OnChanged { get; set; }

    private ConnectionFacts Facts => Line.Cluster.Connection;

    private string Expires => Facts.ExpiresAt is not { } at ? "neither certificate nor token says"
        : at <= Time.GetUtcNow() ? $"expired {at.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture)} UTC: enter new credentials"
        : $"{at.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture)} UTC{(at - Time.GetUtcNow() < Soon ? $", {Words.Ago(at, Time.GetUtcNow())}: enter new credentials before" : "")}";

    private Task SavedAsync(Cluster saved) => OnChanged();

    private async Task RemoveAsync()
    {
        var request = new ConfirmRequest($"Remove the cluster {Line.Cluster.Name}?", $"Remove {Line.Cluster.Name}") { Text = "Its credentials are forgotten. Nothing in the cluster is touched, and what was applied there stays in the history.", Danger = true };
        if (await Dialogs.ConfirmAsync(request) is null) return;
        refused = (await Change.RemoveAsync(Line.Cluster.Id, (await SignedIn).User.Actor(), CancellationToken.None)).Match<string?>(_ => null, no => string.Join(' ', no.Reasons));
        if (refused is null) Navigation.NavigateTo("clusters");
    }
}
