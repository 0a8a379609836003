using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <summary>The phase rail as it is drawn: six columns, and one cell for each managed runner.</summary>
public sealed record RailView(IReadOnlyList<RailPhase> Phases, int Steps, int StepsDone, IReadOnlyList<RailFleet> Fleets)
{
    public static RailView Of(PhaseState state, FleetSnapshot? fleet, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        var current = state.Current?.Phase ?? Phase.Prepare;
        return new RailView(
            [.. Enum.GetValues<Phase>().Select(phase => Column(phase, current, state, now))],
            NextStep.StepsOf(current).Count,
            Reached(state),
            fleet is null ? [] : [Side(fleet, RunnerRole.Kubernetes, "kubernetes"), Side(fleet, RunnerRole.Legacy, "docker")]);
    }

    private static RailPhase Column(Phase phase, Phase current, PhaseState state, DateTimeOffset now)
    {
        var place = phase < current ? RailPlace.Done : phase == current ? RailPlace.Current : RailPlace.Future;
        var first = state.History.FirstOrDefault(one => one.Phase == phase && !one.Evacuated);
        var when = (place, first) switch
        {
            (_, null) when phase == current => "not begun",
            (RailPlace.Current, { } reached) => $"since {Words.Stamp(reached.At, now)}",
            (RailPlace.Done, { } reached) => Words.Day(reached.At),
            _ => null,
        };
        return new RailPhase((int)phase, phase.Title(), when, place, $"phases?open={phase.Key()}");
    }

    private static int Reached(PhaseState state) => state.Current switch
    {
        null => 0,
        { } reached => NextStep.StepsOf(reached.Phase).Count(step => IsReached(step, reached)),
    };

    private static bool IsReached(PlanTarget.ToPhase step, PhaseReached reached) =>
        (step.KubernetesUntaggedPercent ?? 0) <= (reached.KubernetesUntaggedPercent ?? 100) && (step.LegacyUntaggedPercent ?? 100) >= (reached.LegacyUntaggedPercent ?? 0);

    private static RailFleet Side(FleetSnapshot fleet, RunnerRole role, string executor)
    {
        var runners = fleet.Managed(role).OrderBy(runner => runner.Id.Number).ToList();
        var accepting = runners.Count(runner => runner.Attributes is { RunUntagged: true, Paused: false });
        var paused = runners.Count(runner => runner.Attributes.Paused);
        var percent = runners.Count == 0 ? "none" : Words.Percent((double)accepting / runners.Count);
        var text = runners.Count == 0 ? "no managed runner" : $"{accepting} of {runners.Count} accept untagged{(paused > 0 ? $", {paused} paused" : "")}";
        return new RailFleet(executor, percent, text, [.. runners.Select(Cell)]);
    }

    private static RailCell Cell(FleetRunner runner) => runner.Attributes switch
    {
        { Paused: true } => RailCell.Paused,
        { RunUntagged: true } => RailCell.Accepts,
        _ => RailCell.Refuses,
    };
}
