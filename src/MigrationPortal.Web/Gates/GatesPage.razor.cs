using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Gates;

/// <summary>The gates of the next step: is it safe, why, and what happens next. Which gate is shown lives in the URL.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class GatesPage
{
    private const int HistoryShown = 8;

    private GatesShown? shown;
    private IReadOnlyList<GateEvaluation> history = [];
    private IReadOnlyDictionary<ProjectId, string> paths = new Dictionary<ProjectId, string>();
    private PhaseState? state;

    [Inject]
    private IGateStore Store { get; set; } = null!;

    [Inject]
    private IMigrationStore Migration { get; set; } = null!;

    [Inject]
    private IProjectStore Projects { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Gates, PortalTopic.Phases];

    private GateReading? Reading => shown?.Evaluation.Readings.FirstOrDefault(reading => reading.Gate == Url["gate"]) ?? shown?.Evaluation.Readings[0];

    private Gate? Gate => Reading is { } reading ? Domain.Gates.Gate.All.Single(gate => gate.Key == reading.Gate) : null;

    private string ModeWords => shown?.Mode switch
    {
        FlipMode.Automatic when state is { AutomationOn: false } => "automatic, but automation is off",
        FlipMode.Automatic => "taken by itself when all pass",
        FlipMode.Scheduled => "taken on schedule",
        _ => "taken by a person",
    };

    /// <summary>The evaluation that the address asks for, instead of the latest.</summary>
    private long? Asked => long.TryParse(Url["evaluation"], CultureInfo.InvariantCulture, out var id) ? id : null;

    private (string Title, string Text) Nothing => state switch
    {
        _ when Asked is { } id => ($"There is no gate evaluation {id}", "Its number is wrong, or it was removed with its evidence when it had grown old."),
        { Current.Evacuated: true } => ("No step is judged after an evacuation", "docker runs everything. Whether and when to go up again is a person's decision: plan it under Phases."),
        { Current: { } current } when NextStep.Of(current) is null => ("The migration is at its end", "No step is ahead that gates could judge."),
        _ => ("The gates have not been read yet", "They are read every 15 minutes of the instance's time, the first time once the fleet and its jobs are known."),
    };

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        state = await Migration.StateAsync(Instance, cancel);
        history = await Store.NewestAsync(Instance, HistoryShown, null, cancel);
        if (Asked is { } id)
        {
            shown = await Store.FindAsync(id, cancel) is { } past && past.Instance == Instance ? await WithEvidenceAsync(past, cancel) : null;
            return;
        }
        shown = GateSteps.Next(state) is { Step: var step } && history.Count > 0 && history[0] is { } latest && latest.Step == step
            ? await WithEvidenceAsync(latest, cancel)
            : null;
    }

    private async Task<GatesShown?> WithEvidenceAsync(GateEvaluation evaluation, CancellationToken cancel) => await Store.EvidenceAsync(evaluation.Id, cancel) is var (facts, policy)
        ? new GatesShown(evaluation, facts, policy, GateSteps.PhaseOf(state!), (await Migration.SettingsAsync(Instance, cancel)).PolicyOf(GateSteps.PhaseOf(state!)))
        : null;

    private Task<UntilDecided> UntilDecidedAsync() => Task.Run(() => UntilDecided.Of(shown!.Facts, shown.Policy));

    // Off the circuit: with ten thousand projects and four weeks it takes a second.
    private async Task<DifferenceShown> DifferenceAsync(NoWorseGate gate)
    {
        var found = await Task.Run(() => DifferenceShown.Of(shown!, gate));
        var known = await Projects.FindAsync([.. found.Heaviest.Select(one => new ProjectId(Instance, Comparisons.ProjectOf(one.Key)))], CancellationToken.None);
        paths = known.ToDictionary(one => one.Key, one => one.Value.Access.FullPath);
        return found;
    }
}

/// <summary>The latest evaluation with what it was computed from.</summary>
/// <param name="Policy">That it was judged by.</param>
/// <param name="Leaves">The phase whose policy holds.</param>
/// <param name="Phase">That policy as it is now.</param>
public sealed record GatesShown(GateEvaluation Evaluation, GateFacts Facts, GatePolicy Policy, Phase Leaves, PhasePolicy Phase)
{
    /// <summary>Policies of the same values have the same: lists would make each reading another one.</summary>
    public string PolicyKey => JsonSerializer.Serialize(Policy);

    /// <summary>Whom they hold.</summary>
    public string BindsWords => Phase.GatesBind ? "gates bind everybody" : Phase.Mode == FlipMode.Automatic ? "gates bind the portal, people may go on" : "gates advise";

    public FlipMode Mode => Phase.Mode;
}
