using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Clusters.Promotion;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Clusters.Rollout;

/// <summary>Which revision goes through which clusters, in what order, and how long each is watched.</summary>
public sealed partial class PromotionForm
{
    private readonly HashSet<long> chosen = [];
    private List<RolloutPlace> order = [];
    private IReadOnlyList<string> problems = [];
    private int revision;
    private string minutes = Promotion.UsualBake.TotalMinutes.ToString("0", CultureInfo.InvariantCulture);
    private string vouch = "";
    private bool vouches;
    private bool busy;

    [Inject]
    private StartPromotion Start { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required StoredConfiguration Of { get; set; }

    [Parameter, EditorRequired]
    public required RolloutState State { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnBegun { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnLeave { get; set; }

    private Refusal? Unverified => State.IsVerified(revision) ? null : Refusal.Of("unverified", $"Revision {revision} has no verification that proves it: verify it on QA first, or vouch for it.");

    private string? WhyNot =>
        chosen.Count == 0 ? "Choose at least one cluster."
        : Minutes is null ? $"Minutes: 0 to {Promotion.LongestBake.TotalMinutes:0}."
        : Unverified is not null && !(vouches && !string.IsNullOrWhiteSpace(vouch)) ? "It is not verified: verify it, or say why it goes on all the same."
        : null;

    private int? Minutes => int.TryParse(minutes.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given <= Promotion.LongestBake.TotalMinutes ? given : null;

    protected override void OnParametersSet()
    {
        // The best candidate first: the newest that is verified.
        if (revision == 0) revision = (State.Revisions.FirstOrDefault(one => State.IsVerified(one.Number)) ?? State.Revisions[0]).Number;
        if (order.Count > 0) return;
        order = [.. State.Of(isQa: false)];
        chosen.UnionWith(order.Select(one => one.Cluster.Id));
    }

    private void Toggle(long cluster)
    {
        if (!chosen.Remove(cluster)) chosen.Add(cluster);
    }

    private void Move(int from, int to) => (order[from], order[to]) = (order[to], order[from]);

    private async Task BeginAsync()
    {
        if (busy || WhyNot is not null) return;
        busy = true;
        try
        {
            var wish = new PromotionWish(Of.Id, revision, [.. order.Select(one => one.Cluster.Id).Where(chosen.Contains)], vouches && Unverified is not null ? vouch : null, TimeSpan.FromMinutes(Minutes!.Value));
            if ((await Start.RunAsync(wish, (await SignedIn).User.Actor(), CancellationToken.None)).TryGet(out _, out var no)) await OnBegun.InvokeAsync();
            else problems = no.Reasons;
        }
        finally
        {
            busy = false;
        }
    }
}
