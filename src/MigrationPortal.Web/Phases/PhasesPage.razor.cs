using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <summary>All phases with what they desire and their steps; the schedule; drift.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class PhasesPage
{
    private PhaseState? state;
    private MigrationSettings? settings;
    private IReadOnlyList<ScheduledFlip> flips = [];
    private int beat;
    private string? refused;
    private bool isBusy;

    [Inject]
    private IMigrationStore Migration { get; set; } = null!;

    [Inject]
    private IScheduleStore Schedule { get; set; } = null!;

    [Inject]
    private ReadMigration Read { get; set; } = null!;

    [Inject]
    private ReadDrift Known { get; set; } = null!;

    [Inject]
    private PlanPhase Plan { get; set; } = null!;

    [Inject]
    private ScheduleFlip Flip { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Phases, PortalTopic.Fleet, PortalTopic.Operations];

    private bool OptInReached => state?.Current is { Phase: >= Phase.OptIn };

    private string Headline => state?.Current switch
    {
        null => state is null ? "Phases" : "The migration has not begun",
        { Evacuated: true } => "Evacuated: docker runs everything",
        var reached => $"Phase {(int)reached.Phase}, {reached.Phase.Title()}, since {Words.Stamp(reached.At, Now)}",
    };

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        settings = await Migration.SettingsAsync(Instance, cancel);
        state = await Migration.StateAsync(Instance, cancel);
        flips = await Schedule.WaitingAsync(Instance, cancel);
        beat++;
    }

    private async Task<IReadOnlyList<DriftShown>> ReadDriftAsync(CancellationToken cancel) =>
        await Read.LatestAsync(Instance, cancel) is { } context ? DriftShown.Of(Drift.Of(context), await Known.RunAsync(Instance, cancel)) : [];

    private async Task PlanAsync(PlanTarget target)
    {
        isBusy = true;
        var outcome = await Plan.RunAsync(Instance, target, (await SignedIn).User.Actor(), CancellationToken.None);
        isBusy = false;
        refused = outcome.Match<string?>(made =>
        {
            Navigation.NavigateTo($"plans/{made.Id}");
            return null;
        }, refusal => string.Join(' ', refusal.Reasons));
    }

    private async Task ScheduleAsync((PlanTarget Target, ScheduleWish Wish) asked)
    {
        var outcome = await Flip.RunAsync(Instance, asked.Target, asked.Wish.DueAt, (await SignedIn).User.Actor(), asked.Wish.Reason, [], CancellationToken.None, asked.Wish.Missed);
        refused = outcome.Match<string?>(_ => null, refusal => string.Join(' ', refusal.Reasons));
        await ReadAgainAsync();
    }
}
