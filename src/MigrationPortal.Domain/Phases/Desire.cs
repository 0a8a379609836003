using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>What a target wants of the fleet, with what is to be said about it.</summary>
public sealed record Desire(
    IReadOnlyList<DesiredRunner> Runners,
    IReadOnlyList<RunnerId> Deletes,
    IReadOnlyList<PlanWarning> Warnings,
    IReadOnlyList<PlanBlocker> Blockers)
{
    public static readonly Desire Nothing = new([], [], [], []);
}

/// <summary>All that desired state is computed from.</summary>
/// <param name="Fleet">With the tags that a brownout has taken and will give back.</param>
public sealed record DesireContext(FleetSnapshot Fleet, MigrationSettings Settings, PhaseState State, JobClassCensus Census)
{
    /// <summary>The fleet as GitLab shows it, brownouts included.</summary>
    public FleetSnapshot Observed { get; init; } = Fleet;

    public string FallbackTag => Settings.FallbackTag ?? Phases.FallbackTag.Propose(Census);

    /// <summary>In the order of the ramps.</summary>
    public IEnumerable<FleetRunner> Legacy => Fleet.Managed(RunnerRole.Legacy).OrderBy(runner => runner.Id.Number);

    public IEnumerable<FleetRunner> Kubernetes => Fleet.Managed(RunnerRole.Kubernetes).OrderBy(runner => runner.Id.Number);

    /// <summary>Attributes from before the migration's first change; those of now as long as it has changed nothing.</summary>
    public static RunnerAttributes Before(FleetRunner runner) => runner.Baseline ?? runner.Attributes;

    /// <summary>Accepts untagged now, or accepted it before the migration, or already has the fallback tag.</summary>
    public bool IsGeneralPurpose(FleetRunner runner) =>
        runner.Attributes.RunUntagged || Before(runner).RunUntagged
        || runner.Attributes.Tags.Contains(FallbackTag) || Before(runner).Tags.Contains(FallbackTag);

    /// <summary>What the runner had before the migration, and what somebody gave it since, without what the portal lent it.</summary>
    public TagSet OwnTags(FleetRunner runner) =>
        runner.Attributes.Tags.Without(Settings.LentTags.Append(FallbackTag)).Union(Before(runner).Tags);
}
