using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Cohorts.Offers;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Readiness;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Plans;

/// <summary>One plan: what stops it, what it changes, whom it touches, and the button.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class PlanPage
{
    private readonly HashSet<string> overridden = new(StringComparer.Ordinal);
    private Plan? plan;
    private ActorNames names = ActorNames.None;
    private FleetSnapshot? fleet;
    private ConnectionHealth? health;
    private IReadOnlyDictionary<ProjectId, string> paths = new Dictionary<ProjectId, string>();
    private OperationHead? applied;
    private IReadOnlyList<PlanBlocker> holds = [];
    private IReadOnlyList<UnansweredProject> unheard = [];
    private string? reference;
    private ApprovalPolicy? asked;
    private string? refused;
    private bool isBusy;

    [Inject]
    private IPlanStore Plans { get; set; } = null!;

    [Inject]
    private IOperationStore Operations { get; set; } = null!;

    [Inject]
    private IFleetStore Fleet { get; set; } = null!;

    [Inject]
    private IProjectStore Projects { get; set; } = null!;

    [Inject]
    private IInstanceStore InstanceFacts { get; set; } = null!;

    [Inject]
    private ApplyPlan Apply { get; set; } = null!;

    [Inject]
    private ApprovalGuard Guard { get; set; } = null!;

    [Inject]
    private IEnumerable<IPlanGuard> Guards { get; set; } = null!;

    [Inject]
    private PlanPhase Again { get; set; } = null!;

    [Inject]
    private ReadUnanswered Unanswered { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter]
    public long Id { get; set; }

    [Inject]
    private PeopleNames People { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Fleet, PortalTopic.Instances, PortalTopic.Operations, PortalTopic.Gates];

    private int RunnerCount => plan!.Steps.Select(step => step.Runner).Distinct().Count();

    private bool IsStale => fleet is not null && Fingerprint.Of(fleet) != plan!.Fingerprint;

    private IEnumerable<PlanBlocker> Open => plan!.Blockers.Concat(holds).Where(blocker => blocker.Override is null || !overridden.Contains(blocker.Override));

    // Where gates bind they stand as what holds the plan, not as advice.
    private IReadOnlyList<PlanWarning> Advice => holds.Any(hold => hold.Override == GateGuard.Override) ? [.. plan!.Warnings.Where(warning => warning.Code != GateGuard.Code)] : plan!.Warnings;

    private IEnumerable<PlanBlocker> Waved => holds.Where(hold => hold.Override == GateGuard.Override && overridden.Contains(GateGuard.Override));

    private string? WhyNot => true switch
    {
        _ when IsStale && applied is not null => "The fleet is no longer as it was before it: plan again for what comes next.",
        _ when IsStale => "The fleet changed since this plan was made: plan again.",
        _ when health is { CanWrite: false } => "Observe mode: the portal has no token that may write to GitLab.",
        _ when Open.Any() => $"{Words.Count(Open.Count(), "finding stops", "findings stop")} it: mend the cause{(Open.Any(one => one.Override is not null) ? ", or override by name" : "")}.",
        _ => null,
    };

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        plan = await Plans.FindAsync(Id, cancel);
        if (plan is null) return;
        ShowInstance(plan.Instance);
        unheard = plan.Warnings.Any(warning => warning.Code == PredictedToFail.Code) ? await UnheardAsync(cancel) : [];
        names = await People.OfAsync([plan.MadeBy, .. OfferWords.Actors(unheard)], cancel);
        applied = await Operations.OfPlanAsync(Id, cancel);
        asked = await Guard.PolicyAsync(plan, cancel);
        holds = applied is null ? await HoldsAsync(cancel) : [];
        fleet = await Fleet.LatestAsync(plan.Instance, cancel);
        health = await InstanceFacts.HealthAsync(plan.Instance, cancel);
        var projects = await Projects.FindAsync([.. plan.BlastRadius.Classes.SelectMany(one => one.Projects).Distinct()], cancel);
        paths = projects.ToDictionary(project => project.Key, project => project.Value.Access.FullPath);
    }

    // As it is now: whoever has answered since the plan was made is not named.
    private async Task<IReadOnlyList<UnansweredProject>> UnheardAsync(CancellationToken cancel)
    {
        var hit = plan!.BlastRadius.Classes.Where(one => one.Effect == JobClassEffect.PredictedToFail).SelectMany(one => one.Projects).ToHashSet();
        return [.. (await Unanswered.RunAsync(plan.Instance, cancel)).Where(one => hit.Contains(one.Project))];
    }

    private async Task<IReadOnlyList<PlanBlocker>> HoldsAsync(CancellationToken cancel)
    {
        var request = new ApplyRequest(plan!.Id, (await SignedIn).User.Actor(), "asked", reference, [], null);
        var found = new List<PlanBlocker>();
        foreach (var guard in Guards) found.AddRange(await guard.BlockersAsync(plan, request, cancel));
        return found;
    }

    private Task ReferAsync(string? typed)
    {
        reference = string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
        return ReadAgainAsync();
    }

    private void Override(string name)
    {
        if (!overridden.Add(name)) overridden.Remove(name);
    }

    private async Task PlanAgainAsync()
    {
        isBusy = true;
        var who = (await SignedIn).User.Actor();
        var outcome = PlanTargetJson.Read(plan!.Target) is Outcome<PlanTarget>.Done { Result: var target }
            ? await Again.RunAsync(plan.Instance, target, who, CancellationToken.None)
            : Refusal.Of("invalid-target", "This plan was stored by an older portal: make a new one on the phases page.");
        isBusy = false;
        refused = outcome.Match<string?>(made =>
        {
            Navigation.NavigateTo($"plans/{made.Id}");
            return null;
        }, refusal => string.Join(' ', refusal.Reasons));
    }

    private async Task ApplyAsync()
    {
        var what = plan!.IsEmpty ? "Record as reached" : $"Apply {Words.Count(plan.Steps.Count, "change")} to {Words.Count(RunnerCount, "runner")}";
        var confirmed = await Dialogs.ConfirmAsync(new ConfirmRequest($"Apply plan {plan.Id} to {plan.Instance}?", what)
        {
            Text = plan.Title,
            Points = [BlastRadiusWords.Says(plan.BlastRadius), .. overridden.Where(name => name != GateGuard.Override).Select(name => $"Overrides {name}."), .. Waved.Select(gate => $"Overrides a gate: {gate.Message}"), "Roll back stays possible at every step."],
            AskReason = true,
            ReasonRequired = true,
            Type = plan.ConfirmationText() ?? (Waved.Any() ? $"override {GateGuard.Override}" : null),
            Danger = plan.ConfirmationText() is not null || Waved.Any(),
        });
        if (confirmed is null) return;

        isBusy = true;
        var who = (await SignedIn).User.Actor();
        var outcome = await Apply.RunAsync(new ApplyRequest(plan.Id, who, confirmed.Reason, reference, [.. overridden], plan.ConfirmationText()), CancellationToken.None);
        isBusy = false;
        refused = outcome.Match<string?>(operation =>
        {
            Navigation.NavigateTo($"operations/{operation.Id}");
            return null;
        }, refusal => string.Join(' ', refusal.Reasons));
    }
}
