using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>
/// What the reached phase wants of a runner that is new: a pure function. Ramps count runners, and a lent one must shift none of
/// them, so it is asked for as one more and what the others get is left alone.
/// </summary>
public static class SurgeDesire
{
    /// <param name="like">A managed runner of the role whose state is copied; null: as a new one; of legacy, as the first general-purpose one.</param>
    /// <returns>Unpaused. Refuses <c>evacuated</c>, <c>legacy-ended</c>, <c>no-model</c>, <c>no-tags-left</c> and <c>too-many-tags</c>.</returns>
    public static Outcome<RunnerAttributes> Of(RunnerRole role, long? like, DesireContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reached = context.State.Current;
        if (role == RunnerRole.Kubernetes && reached is { Evacuated: true }) return Refusal.Of("evacuated", "Everything was taken back from Kubernetes: lend as legacy, or go on with the migration first.");
        if (role == RunnerRole.Legacy && reached is { Evacuated: false, Phase: >= Phase.Decommission }) return Refusal.Of("legacy-ended", "The phase wants legacy runners paused: lend as kubernetes.");
        var mine = context.Fleet.Managed(role).OrderBy(one => one.Id.Number).ToList();
        var model = like is { } number ? mine.Find(one => one.Id.Number == number) : role == RunnerRole.Legacy ? mine.Find(context.IsGeneralPurpose) : null;
        if (model is null && (like is not null || role == RunnerRole.Legacy))
            return Refusal.Of("no-model", like is null ? "No managed legacy runner is there whose tags could be taken: name one to be like." : $"Runner {like} is no managed {role.ToString().ToLowerInvariant()} runner.");

        var fresh = model is null ? Fresh(context) : null;
        var asked = fresh is null ? context : context with { Fleet = context.Fleet with { Runners = [.. context.Fleet.Runners, fresh] } };
        var of = (fresh ?? model)!;
        var desired = DesiredState.OfReached(asked).Runners.FirstOrDefault(one => one.Runner == of.Id)?.Attributes ?? of.Attributes;
        if (fresh is not null && reached is null) desired = desired with { Tags = TagSet.Of(context.Settings.OptInTag) };
        var attributes = new RunnerAttributes(desired.Tags, Untagged(role, reached, desired), false, RunnerAccessLevel.NotProtected);
        if (attributes is { RunUntagged: false, Tags.IsEmpty: true }) return Refusal.Of("no-tags-left", "The phase gives such a runner neither tags nor untagged jobs: it would take nothing. Name a runner to be like.");
        return attributes.Tags.Count > Planner.TagLimit ? Refusal.Of("too-many-tags", $"GitLab allows {Planner.TagLimit} tags, these are {attributes.Tags.Count}.") : attributes;
    }

    // Where the phase lets any runner of the role take untagged jobs, the lent ones help with them too.
    private static bool Untagged(RunnerRole role, PhaseReached? reached, RunnerAttributes desired) => (role, reached) switch
    {
        (_, { Evacuated: true }) or (_, null) => desired.RunUntagged,
        (RunnerRole.Kubernetes, { Phase: Phase.UntaggedTakeover }) => (reached.KubernetesUntaggedPercent ?? 100) > 0,
        (RunnerRole.Kubernetes, _) => reached.Phase > Phase.UntaggedTakeover,
        (_, { Phase: Phase.UntaggedTakeover }) => (reached.LegacyUntaggedPercent ?? 0) > 0,
        _ => reached.Phase < Phase.UntaggedTakeover && desired.RunUntagged,
    };

    private static FleetRunner Fresh(DesireContext context)
    {
        var id = new RunnerId(context.Fleet.Instance, context.Fleet.Runners.Select(one => one.Id.Number).DefaultIfEmpty().Max() + 1);
        var attributes = new RunnerAttributes(TagSet.Empty, false, false, RunnerAccessLevel.NotProtected);
        return new FleetRunner(
            new ObservedRunner(id, "", RunnerType.Instance, attributes, false, RunnerStatus.NeverContacted, null, null, null, [], new HashSet<long>(), new HashSet<long>()),
            new RunnerStanding(RunnerRole.Kubernetes, true, true), attributes);
    }
}
