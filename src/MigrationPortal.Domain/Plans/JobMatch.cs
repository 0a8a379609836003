using MigrationPortal.Domain.Fleet;

namespace MigrationPortal.Domain.Plans;

/// <summary>A runner that would take a job of a class now or after a plan.</summary>
/// <param name="InContact">Within five minutes of the snapshot; without contact it takes nothing, although it matches.</param>
public sealed record MatchedRunner(FleetRunner Runner, bool Now, bool After, bool InContact);

/// <summary>"Which runners would take such a job now, and after this plan?"</summary>
public static class JobMatch
{
    /// <param name="plan">Null: after is as now.</param>
    public static IReadOnlyList<MatchedRunner> Of(FleetSnapshot fleet, JobNeeds needs, ProjectAccess? access, Plan? plan)
    {
        var after = fleet.With(Planner.Effect(plan?.Steps ?? [])).Runners.ToDictionary(runner => runner.Id);
        return
        [
            .. fleet.Runners
                .Select(runner => new MatchedRunner(
                    runner,
                    Takes(runner, needs, access),
                    after.TryGetValue(runner.Id, out var then) && Takes(then, needs, access),
                    JobMatcher.InContact(runner.Observed, fleet.TakenAt)))
                .Where(one => one.Now || one.After),
        ];
    }

    private static bool Takes(FleetRunner runner, JobNeeds needs, ProjectAccess? access) =>
        !runner.Attributes.Paused && JobMatcher.Matches(runner.Observed, needs, access);
}
