using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Plans;

/// <summary>Whose yes the plan has and whose it needs. Shown only where its phase asks for any.</summary>
public sealed partial class PlanApprovalsCard
{
    private IReadOnlyList<PlanApproval> given = [];
    private HashSet<Actor> counting = [];
    private bool hasApproved;
    private bool isOwn;
    private bool isBusy;

    [Inject]
    private IApprovalStore Approvals { get; set; } = null!;

    [Inject]
    private ApprovePlan Approve { get; set; } = null!;

    [Inject]
    private PeopleNames People { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required Plan Plan { get; set; }

    /// <summary>What the plan's step asks for; null when it is no step forward.</summary>
    [Parameter, EditorRequired]
    public required ApprovalPolicy? Asked { get; set; }

    /// <summary>An approval was given: what held the plan may hold it no longer.</summary>
    [Parameter]
    public EventCallback OnApproved { get; set; }

    private ActorNames Names { get; set; } = ActorNames.None;

    protected override Task OnParametersSetAsync() => Asked is { Needed: > 0 } policy ? ReadAsync(policy) : Task.CompletedTask;

    private async Task ReadAsync(ApprovalPolicy policy)
    {
        given = await Approvals.OfPlanAsync(Plan.Id, CancellationToken.None);
        counting = [.. policy.Counting(Plan, given).Select(one => one.By)];
        var who = (await SignedIn).User.Actor();
        isOwn = policy.Needed > 1 && Plan.MadeBy == who;
        hasApproved = given.Any(one => one.By == who);
        Names = await People.OfAsync([.. given.Select(one => one.By), .. policy.Approvers.Select(Actor)], CancellationToken.None);
    }

    private async Task ApproveAsync()
    {
        isBusy = true;
        await Approve.RunAsync(Plan.Id, (await SignedIn).User.Actor(), CancellationToken.None);
        isBusy = false;
        await ReadAsync(Asked!);
        await OnApproved.InvokeAsync();
    }

    internal static Actor Actor(string text) => text.StartsWith("user:", StringComparison.Ordinal) ? new Actor(ActorKind.User, text[5..]) : new Actor(ActorKind.Token, text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..]);
}
