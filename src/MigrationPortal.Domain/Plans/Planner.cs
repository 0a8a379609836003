using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>
/// Turns desired − observed into ordered steps, make before break: first every runner is widened to the union of what
/// it is and shall be, then narrowed to what it shall be. So a job class that is served now and will be served at the
/// end is served after each step: until the first narrowing by whom it has now, from then on by whom it will have.
/// </summary>
public static class Planner
{
    /// <summary>GitLab refuses more tags on a runner (gitlab-api.md 1.3).</summary>
    public const int TagLimit = 50;

    /// <param name="desired">Runners that are not managed, not there or already so are left out.</param>
    /// <param name="deletes">Runners to delete at the very end.</param>
    public static IReadOnlyList<PlanStep> Steps(
        FleetSnapshot fleet, IReadOnlyList<DesiredRunner> desired, IReadOnlyCollection<RunnerId> deletes, JobClassCensus census)
    {
        var managed = fleet.Runners.Where(runner => runner.Standing.Managed).ToDictionary(runner => runner.Id);
        var changes = desired
            .Where(one => managed.ContainsKey(one.Runner) && !deletes.Contains(one.Runner))
            .Select(one => new RunnerChange(managed[one.Runner], one.Attributes, one.Why))
            .Where(change => change.From != change.To)
            .OrderBy(change => change.Runner.Id.Number)
            .ToList();
        var relying = new Reliance(fleet, changes, census);

        var widen = changes.Where(change => change.Union != change.From).OrderBy(change => change.Runner.Standing.Role == RunnerRole.Legacy)
            .Select(change => new PlanStep(0, PlanStepKind.Widen, change.Runner.Id, change.Runner.Observed.Description,
                change.From, change.Union, [], ChangeWords.Of(change.From, change.Union)));
        var narrow = changes.Where(change => change.Union != change.To).OrderBy(change => change.Runner.Standing.Role != RunnerRole.Legacy)
            .Select(change => new PlanStep(0, PlanStepKind.Narrow, change.Runner.Id, change.Runner.Observed.Description,
                change.Union, change.To, relying.Of(change), ChangeWords.Of(change.Union, change.To)));
        var delete = managed.Values.Where(runner => deletes.Contains(runner.Id)).OrderBy(runner => runner.Id.Number)
            .Select(runner => new PlanStep(0, PlanStepKind.Delete, runner.Id, runner.Observed.Description, runner.Attributes, null, [], "deleted"));

        return [.. widen.Concat(narrow).Concat(delete).Select((step, index) => step with { Order = index + 1 })];
    }

    /// <summary>What the steps leave behind: runner by runner, null where it is deleted.</summary>
    public static IReadOnlyDictionary<RunnerId, RunnerAttributes?> Effect(IEnumerable<PlanStep> steps)
    {
        var effect = new Dictionary<RunnerId, RunnerAttributes?>();
        foreach (var step in steps) effect[step.Runner] = step.To;
        return effect;
    }
}
