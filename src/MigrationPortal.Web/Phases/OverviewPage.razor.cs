using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <summary>Where the migration stands, what comes next, what needs attention, and whether Kubernetes is as good as docker.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class OverviewPage
{
    private InsightRange range = InsightRange.Of(null, "14d");
    private TimeWindow window;
    private OverviewFacts? facts;
    private RailView rail = new([], 1, 0, []);
    private string? refused;
    private bool isBusy;
    private int beat;

    [Inject]
    private ReadOverview Overview { get; set; } = null!;

    [Inject]
    private PlanPhase Plan { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } =
        [PortalTopic.Jobs, PortalTopic.Fleet, PortalTopic.Operations, PortalTopic.Phases, PortalTopic.Instances];

    private string Headline
    {
        get
        {
            if (facts is null) return "Overview";
            var phase = facts.State.Current is { } reached ? reached.Evacuated ? "Evacuated" : reached.Phase.Title() : "Not begun";
            return facts.StartedDay == 0
                ? $"{phase}: no job started in the last 24 h"
                : $"{phase}: Kubernetes runs {Words.Percent((double)facts.KubernetesDay / facts.StartedDay)} of jobs";
        }
    }

    private string Said => facts is null
        ? "Reading what the sweeps have seen."
        : $"{Words.Count(facts.KubernetesDay)} of {Words.Count(facts.StartedDay)} jobs in the last 24 h.";

    private long? LastOperation => facts?.State.Current?.OperationId;

    private VerdictKind NextKind => facts?.Operation switch
    {
        { State: OperationState.Halted } => VerdictKind.Fail,
        null when facts?.Next is null => VerdictKind.Pass,
        _ => VerdictKind.Wait,
    };

    private string NextWord => facts?.Operation is { } operation ? OperationWordOf(operation) : facts?.Next is null ? "done" : PhaseWords.Taken(facts.Mode, facts.State).Word;

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        range = InsightRange.Of(Url["range"], "14d");
        window = range.Window(Now);
        facts = await Overview.RunAsync(Instance, window, range.Bucket, cancel);
        rail = RailView.Of(facts.State, facts.Fleet, Now);
        beat++;
    }

    private static string OperationWordOf(OperationHead operation) => Plans.OperationWords.Word(operation.State);

    private async Task PlanNextAsync()
    {
        isBusy = true;
        var outcome = await Plan.RunAsync(Instance, facts!.Next!, (await SignedIn).User.Actor(), CancellationToken.None);
        isBusy = false;
        refused = outcome.Match<string?>(made =>
        {
            Navigation.NavigateTo($"plans/{made.Id}");
            return null;
        }, refusal => string.Join(' ', refusal.Reasons));
    }
}
