using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Graduation;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Which moved projects can follow the phase for good, whose turn comes when, and what is in the way of the others.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class GraduationPage
{
    private const string StateKey = "state";
    private const string Ready = "ready";
    private const string Blocked = "blocked";
    private const string SaidNo = "said-no";
    private const int Most = 100;
    private const int MostReasons = 3;

    private static readonly IReadOnlyList<FilterDef> Filters = [new(StateKey, "state", [new(Ready, "ready"), new(Blocked, "blocked"), new(SaidNo, "said no")])];

    private GraduationOutlook? outlook;
    private Dictionary<long, int> turns = [];
    private MigrationFacts? known;
    private ActSaid? said;
    private ActorNames names = ActorNames.None;
    private bool hasHand;
    private bool mayChange;
    private bool busy;
    private int mostOpen = GraduationEndpoints.UsuallyOpen;

    [Inject]
    private ReadGraduation Read { get; set; } = null!;

    [Inject]
    private RunGraduation Run { get; set; } = null!;

    [Inject]
    private ICohortFacts Facts { get; set; } = null!;

    [Inject]
    private IPortalHand Hands { get; set; } = null!;

    [Inject]
    private PeopleNames People { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Cohorts, PortalTopic.Readiness, PortalTopic.Phases];

    private string? NoRight => mayChange ? null : "Needs the right to administer.";

    private int All => outlook is null ? 0 : outlook.Moved.Count + outlook.UnderWay.Count + outlook.Pinned + outlook.Graduated;

    private bool CanStart => known is { } facts && GraduateProject.CanBegin(facts) && hasHand;

    private string Headline => outlook is null || All == 0 ? "Graduation"
        : outlook.IsComplete ? $"Graduation is complete: {Words.Count(outlook.Graduated, "project")}"
        : $"{Words.Count(outlook.Graduated)} of {Words.Count(All, "project")} {(outlook.Graduated == 1 || All == 1 ? "has" : "have")} graduated";

    private IReadOnlyList<MeterPart> Parts =>
    [
        new(outlook!.Graduated, "k8s", $"{Words.Count(outlook.Graduated)} graduated"), new(outlook.UnderWay.Count, "other", $"{Words.Count(outlook.UnderWay.Count)} under way"), new(outlook.Queue.Count, "text-2", $"{Words.Count(outlook.Queue.Count)} ready"),
        new(outlook.Moved.Count - outlook.Queue.Count, "line-strong", $"{Words.Count(outlook.Moved.Count - outlook.Queue.Count)} blocked or said no"), new(outlook.Pinned, "docker", $"{Words.Count(outlook.Pinned)} pinned"),
    ];

    /// <summary>What it waits for, or how it goes on.</summary>
    private string When => known is null ? "" : !GraduateProject.CanBegin(known) ? $"It can begin from phase {(int)Phase.DockerFallback}, {Phase.DockerFallback.Title()}, on: before, jobs without the opt-in would run on docker. Now is {(known.Phase is { } phase ? $"phase {phase}" : "before the first phase")}{(known.Evacuated ? ", evacuated" : "")}."
        : outlook!.Order is { } order ? $"Started by {names[order.By]}; at most {Words.Count(order.MostOpen, "merge request")} wait for their people at one time.{(known.AutomationOn ? "" : " Automation is stopped, so nothing begins by itself.")}"
        : hasHand ? "Not started. Maintainers can take their own change out at any time." : "The portal has no token to write: maintainers take their own change out.";

    private IReadOnlyList<GraduationPlan> Shown
    {
        get
        {
            var (states, search) = (Url.All(StateKey), Url["q"]);
            return
            [
                .. outlook!.Moved.Where(plan => (states.Count == 0 || states.Contains(StateOf(plan))) && (search is null || plan.Path.Contains(search, StringComparison.OrdinalIgnoreCase)))
                    .OrderBy(plan => turns.GetValueOrDefault(plan.Enrollment.Id, int.MaxValue)).ThenBy(plan => plan.Path, StringComparer.Ordinal),
            ];
        }
    }

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        mayChange = (await SignedIn).User.Holds(TokenScope.Admin);
        known = await Facts.ReadAsync(Instance, cancel);
        hasHand = Hands.Of(Instance) is not null;
        var read = await Read.RunAsync(Instance, cancel);
        if (read.Order is { } order) names = await People.OfAsync([order.By], cancel);
        turns = read.Queue.Select((plan, place) => (plan.Enrollment.Id, place)).ToDictionary(one => one.Id, one => one.place);
        outlook = read;
    }

    private static string StateOf(GraduationPlan plan) => plan.SaidNo ? SaidNo : plan.CanGraduate ? Ready : Blocked;

    private static string Change(GraduationPlan plan) => plan.Jobs == 0 ? $"by {CohortLook.Way(plan.Enrollment.Way) ?? "its group"}" : $"{Words.Count(plan.Jobs, "job")} {(plan.Jobs == 1 ? "gets" : "get")} back what stood before, by {CohortLook.Way(plan.Enrollment.Way)}";

    private string Turn(GraduationPlan plan)
    {
        if (plan.SaidNo) return "The merge request was closed, or GitLab refused. It is asked again when graduation is started anew.";
        if (known is null || !GraduateProject.CanBegin(known)) return "Ready when its phase comes.";
        if (outlook!.Order is not { } order) return "Ready when graduation is started.";
        var before = turns[plan.Enrollment.Id] - Math.Max(0, order.MostOpen - outlook.UnderWay.Count) + 1;
        return before <= 0 ? "Begins at the next turn." : $"Begins when {Words.Count(before, "merge request")} before it {(before == 1 ? "is" : "are")} merged.";
    }

    private string Link(Enrollment one) => Url.OfInstance(string.Create(CultureInfo.InvariantCulture, $"readiness/projects/{one.Project.Number}"));

    private async Task StartAsync()
    {
        if (mostOpen is < 1 or > RunGraduation.MostOpenAtAll)
        {
            said = new ActSaid(false, $"Merge requests open at one time: 1 to {RunGraduation.MostOpenAtAll}.", null);
            return;
        }

        var ready = outlook!.Queue.Count;
        var asked = await Dialogs.ConfirmAsync(new ConfirmRequest("Start graduation?", $"Start with {Words.Count(ready, "project")}")
        {
            Text = "The portal takes the opt-in out of one project after the other, by a merge request that its people merge, or at once where it came by a variable or by runners of its own.",
            Points = [$"At most {Words.Count(mostOpen, "merge request")} wait at one time.", "Projects that something is in the way of are left as they are."],
            ReasonRequired = true,
        });
        if (asked is not null) await DoAsync(async who => (await Run.StartAsync(Instance, mostOpen, asked.Reason, who, CancellationToken.None)).Match(_ => new ActSaid(true, "Graduation is started.", null), ActSaid.No));
    }

    private async Task StopAsync()
    {
        var asked = await Dialogs.ConfirmAsync(new ConfirmRequest("Stop graduation?", "Stop graduation") { Text = "No further project is begun. What is under way goes on." });
        if (asked is not null) await DoAsync(async who => (await Run.StopAsync(Instance, who, CancellationToken.None)).Match(_ => new ActSaid(true, "Graduation is stopped.", null), ActSaid.No));
    }

    private async Task DoAsync(Func<Actor, Task<ActSaid>> act)
    {
        if (busy) return;
        busy = true;
        try
        {
            said = await act((await SignedIn).User.Actor());
        }
        finally
        {
            busy = false;
        }

        await ReadAgainAsync();
    }
}
