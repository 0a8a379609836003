using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Insights;

namespace MigrationPortal.Web.Gates;

/// <summary>Projects that are bad although the average may be fine, and those that are left out of the analysis by name.</summary>
public sealed partial class WorseProjectsCard
{
    private IReadOnlyDictionary<ProjectId, ObservedProject> known = new Dictionary<ProjectId, ObservedProject>();
    private GatesShown? named;
    private string? refused;
    private bool isBusy;

    [Inject]
    private SetPhasePolicy Policies { get; set; } = null!;

    [Inject]
    private EvaluateGates Evaluate { get; set; } = null!;

    [Inject]
    private IProjectStore Projects { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required GatesShown Shown { get; set; }

    [Parameter, EditorRequired]
    public required Func<Task> OnChanged { get; set; }

    private IReadOnlyList<WorseProject> Worse { get; set; } = [];

    private InstanceId Instance => Shown.Evaluation.Instance;

    protected override async Task OnParametersSetAsync()
    {
        if (named == Shown) return;
        (named, Worse) = (Shown, HeterogeneityGate.Worse(Shown.Facts, Shown.Policy));
        known = await Projects.FindAsync([.. Worse.Select(one => one.Project).Concat(Shown.Phase.Gates.Exempted).Distinct().Select(Id)], CancellationToken.None);
    }

    private async Task ExemptAsync(long project, bool isOut)
    {
        isBusy = true;
        var outcome = await Policies.RunAsync(
            Instance, Shown.Leaves,
            policy => policy with { Gates = policy.Gates with { Exempted = [.. policy.Gates.Exempted.Where(one => one != project).Concat(isOut ? [project] : []).Order()] } },
            (await SignedIn).User.Actor(), CancellationToken.None);
        refused = outcome.Match<string?>(_ => null, refusal => string.Join(' ', refusal.Reasons));
        // What it means for the other gates is seen at once.
        await Evaluate.RunAsync(Instance, CancellationToken.None);
        isBusy = false;
        await OnChanged();
    }

    private ProjectId Id(long project) => new(Instance, project);

    private string Name(long project) => known.TryGetValue(Id(project), out var one) ? one.Access.FullPath : $"project {project}";

    private string Jobs(long project) => JobLinks.Of(
        Id(project), "kubernetes", "all", new TimeWindow(new DateTimeOffset((LookPlan.Of(Shown.Facts.Step, Shown.Policy)?.EvidenceFrom ?? DateOnly.MinValue), TimeOnly.MinValue, TimeSpan.Zero), Shown.Facts.At));
}
