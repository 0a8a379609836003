using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Clusters.Rollout;

/// <summary>Verifications of a configuration: a new one, the chosen one check by check as it goes on, and those before.</summary>
public sealed partial class VerificationCard
{
    private string? refused;
    private bool asking;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Inject]
    private CancelVerification Cancel { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required StoredConfiguration Of { get; set; }

    [Parameter, EditorRequired]
    public required RolloutState State { get; set; }

    [Parameter, EditorRequired]
    public required ActorNames Names { get; set; }

    [Parameter, EditorRequired]
    public required Func<Task> OnChanged { get; set; }

    private Verification? Shown =>
        (long.TryParse(Url["verification"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? State.Verifications.FirstOrDefault(one => one.Id == id) : null) ?? (State.Verifications is [var newest, ..] ? newest : null);

    private string ClusterOf(long id) => State.Clusters.FirstOrDefault(one => one.Cluster.Id == id)?.Cluster.Name ?? $"cluster {id}";

    private Task BegunAsync()
    {
        asking = false;
        Url.Set("verification", null);
        return OnChanged();
    }

    private async Task StopAsync(Verification one)
    {
        var request = new ConfirmRequest($"Stop the verification of revision {one.Revision}?", "Stop it") { Text = "Its pipelines end and its branch is deleted.", Points = ["It proves nothing then: what a verification before it proved stays."], Danger = true, AskReason = true };
        if (await Dialogs.ConfirmAsync(request) is not { } yes) return;
        refused = (await Cancel.RunAsync(Of.Id, one.Id, (await SignedIn).User.Actor(), yes.Given, CancellationToken.None)).Match<string?>(_ => null, no => string.Join(' ', no.Reasons));
        await OnChanged();
    }
}
