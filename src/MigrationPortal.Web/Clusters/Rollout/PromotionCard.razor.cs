using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Clusters.Promotion;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Clusters.Rollout;

/// <summary>Promotions of a configuration: a new one, the chosen one cluster by cluster as it goes on, and those before.</summary>
public sealed partial class PromotionCard
{
    private string? refused;
    private bool asking;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Inject]
    private StopPromotion Ends { get; set; } = null!;

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

    private Promotion? Shown =>
        (long.TryParse(Url["promotion"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? State.Promotions.FirstOrDefault(one => one.Id == id) : null) ?? (State.Promotions is [var newest, ..] ? newest : null);

    private static string Bake(Promotion one) => one.Bake == TimeSpan.Zero ? "not at all" : Words.Count((long)Math.Max(1, Math.Round(one.Bake.TotalMinutes)), "minute");

    private bool MayReturn(Promotion one) => one == State.Promotions[0] && one.State is not (PromotionState.RollingBack or PromotionState.RolledBack) && one.Stages.Any(stage => stage.IsTouched);

    private string ClusterOf(long id) => State.Clusters.FirstOrDefault(one => one.Cluster.Id == id)?.Cluster.Name ?? $"cluster {id}";

    private Task BegunAsync()
    {
        asking = false;
        Url.Set("promotion", null);
        return OnChanged();
    }

    private Task StopAsync(Promotion one) => AskAsync(
        new ConfirmRequest($"Stop the promotion of revision {one.Revision}?", "Stop it") { Text = "No further cluster begins.", Points = ["What runs stays: roll back to take it away again."], AskReason = true },
        (who, reason) => Ends.RunAsync(Of.Id, one.Id, who, reason, CancellationToken.None));

    private Task RollBackAsync(Promotion one) => AskAsync(
        new ConfirmRequest($"Roll revision {one.Revision} back?", $"Roll back {Words.Count(one.Stages.Count(stage => stage.IsTouched), "cluster")}")
        {
            Text = "At once, all together, without waiting for anything.",
            Points = [.. one.Stages.Where(stage => stage.IsTouched).Select(stage => stage.Before is { } before ? $"{ClusterOf(stage.Cluster)} returns to revision {before}." : $"{ClusterOf(stage.Cluster)} ran nothing before: what is there stays.")],
            Danger = true,
            AskReason = true,
            ReasonRequired = true,
        },
        (who, reason) => Ends.RollBackAsync(Of.Id, one.Id, who, reason, CancellationToken.None));

    private async Task AskAsync(ConfirmRequest request, Func<Actor, string?, Task<Outcome<Promotion>>> end)
    {
        if (await Dialogs.ConfirmAsync(request) is not { } yes) return;
        refused = (await end((await SignedIn).User.Actor(), yes.Given)).Match<string?>(_ => null, no => string.Join(' ', no.Reasons));
        await OnChanged();
    }
}
