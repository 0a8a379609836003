using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>What moving a whole project onto the runner pair rests on, beside its jobs.</summary>
/// <param name="Now">Null: no pair is named, or the fleet was not read yet.</param>
/// <param name="Recent">Tag sets that its jobs asked for in the census.</param>
/// <param name="Own">Project runners that it keeps beside the pair.</param>
/// <param name="OfGroups">Group runners that it may use now.</param>
public sealed record PairGround(PairNow? Now, IReadOnlyCollection<TagSet> Recent, IReadOnlyList<ObservedRunner> Own, IReadOnlyList<ObservedRunner> OfGroups)
{
    public static readonly PairGround None = new(null, [], [], []);

    /// <param name="access">Null: its switches are not known, so its group runners are not either.</param>
    public static PairGround Of(PairNow now, FleetSnapshot fleet, ProjectId project, ProjectAccess? access, IReadOnlyCollection<TagSet> recent)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(fleet);
        // Paused and stale ones take nothing from the pair.
        var others = fleet.Runners.Select(runner => runner.Observed)
            .Where(runner => runner.Type != RunnerType.Instance && runner.Id.Number != now.Pair.Kubernetes && runner.Id.Number != now.Pair.Docker)
            .Where(runner => !runner.Attributes.Paused && !JobMatcher.IsStale(runner, fleet.TakenAt) && JobMatcher.MayUse(runner, project, access)).ToList();
        return new(now, recent, [.. others.Where(runner => runner.Type == RunnerType.Project)], [.. others.Where(runner => runner.Type == RunnerType.Group)]);
    }
}
