using MigrationPortal.Domain.Fleet;

namespace MigrationPortal.Domain.Phases;

/// <summary>Observed state that differs from what the reached phase desires, although nothing is being applied.</summary>
public static class Drift
{
    public static IReadOnlyList<DriftedRunner> Of(DesireContext context)
    {
        var runners = context.Fleet.Runners.ToDictionary(runner => runner.Id);
        return
        [
            .. DesiredState.OfReached(context).Runners
                .Where(one => runners[one.Runner].Attributes != one.Attributes)
                .Select(one => new DriftedRunner(runners[one.Runner], one.Attributes)),
        ];
    }
}

/// <param name="Desired">What the reached phase wants; <see cref="FleetRunner.Attributes"/> is what GitLab shows.</param>
public sealed record DriftedRunner(FleetRunner Runner, RunnerAttributes Desired)
{
    /// <summary>What a plan of the reached phase would change.</summary>
    public string Words => Plans.ChangeWords.Of(Runner.Attributes, Desired);

    /// <summary>What puts it back.</summary>
    public RunnerEdit Back => new(Runner.Id.Number, Desired.Tags, Desired.RunUntagged, Desired.Paused);
}
