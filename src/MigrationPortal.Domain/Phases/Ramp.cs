using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Which runners a ramp step covers: the first ones by id, so a bigger step only adds and anyone can recompute it.</summary>
public static class Ramp
{
    /// <param name="percent">0 to 100, of runners, rounded up; 1 means one runner.</param>
    public static int Count(int runners, int percent) => percent switch
    {
        <= 0 => 0,
        1 => Math.Min(1, runners),
        >= 100 => runners,
        _ => (runners * percent + 99) / 100,
    };

    /// <summary>
    /// The share of those that work and, apart from it, of those that do not: paused or dead runners counted in would make
    /// half of the runners none of the working ones. One runner means one that works, where any does.
    /// </summary>
    /// <param name="runners">In the order of their ids.</param>
    public static IReadOnlySet<RunnerId> Members(IEnumerable<FleetRunner> runners, int percent, Func<FleetRunner, bool> works)
    {
        var sorted = runners.ToLookup(works, runner => runner.Id);
        int working = sorted[true].Count(), resting = percent == 1 && working > 0 ? 0 : Count(sorted[false].Count(), percent);
        return sorted[true].Take(Count(working, percent)).Concat(sorted[false].Take(resting)).ToHashSet();
    }
}
