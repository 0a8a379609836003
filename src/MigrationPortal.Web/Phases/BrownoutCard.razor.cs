using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Phases;

/// <summary>A tag's brownouts: plan or schedule the next one, and what the last ones have shown.</summary>
public sealed partial class BrownoutCard
{
    private static readonly int[] Choices = [5, 10, 15, 20, 30];

    private int minutes = 15;
    private int carriers;
    private bool isScheduling;
    private bool isBusy;
    private string? said;
    private IReadOnlyList<(Brownout Brownout, BrownoutWaits Waits)> past = [];

    [Inject]
    private PlanPhase Plan { get; set; } = null!;

    [Inject]
    private ScheduleFlip Flip { get; set; } = null!;

    [Inject]
    private IBrownoutReader Brownouts { get; set; } = null!;

    [Inject]
    private IWorldClock Clock { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required string Tag { get; set; }

    [Parameter, EditorRequired]
    public required InstanceId Instance { get; set; }

    [Parameter, EditorRequired]
    public required FleetSnapshot? Fleet { get; set; }

    private string? WhyNot => carriers == 0 ? $"No managed docker runner carries {Tag} now." : null;

    protected override async Task OnParametersSetAsync()
    {
        carriers = Fleet?.Managed(RunnerRole.Legacy).Count(runner => runner.Attributes.Tags.Contains(Tag)) ?? 0;
        var now = Clock.Now(Instance);
        var of = (await Brownouts.WithinAsync(Instance, CensusWindow.Until(now), CancellationToken.None)).Where(one => one.Tag == Tag).TakeLast(5).Reverse();
        var read = new List<(Brownout, BrownoutWaits)>();
        foreach (var one in of) read.Add((one, await Brownouts.WaitsAsync(one, now, CancellationToken.None)));
        past = read;
    }

    private PlanTarget.Brownout Wish => new(Tag, TimeSpan.FromMinutes(minutes));

    private async Task PlanAsync()
    {
        isBusy = true;
        var outcome = await Plan.RunAsync(Instance, Wish, (await SignedIn).User.Actor(), CancellationToken.None);
        isBusy = false;
        said = outcome.Match<string?>(made =>
        {
            Navigation.NavigateTo($"plans/{made.Id}");
            return null;
        }, refusal => string.Join(' ', refusal.Reasons));
    }

    private async Task ScheduleAsync(ScheduleWish wish)
    {
        isScheduling = false;
        var outcome = await Flip.RunAsync(Instance, Wish, wish.DueAt, (await SignedIn).User.Actor(), wish.Reason, [], CancellationToken.None, wish.Missed);
        said = outcome.Match(flip => $"Scheduled for {flip.DueAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC: it stands on the schedule of the phases page.", refusal => string.Join(' ', refusal.Reasons));
    }
}
