using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;

namespace MigrationPortal.Domain.Phases;

/// <summary>What a target wants each managed runner to look like: a pure function of fleet, settings, phase and used tag sets.</summary>
public static class DesiredState
{
    public static Desire Of(PlanTarget target, DesireContext context)
    {
        var desire = target switch
        {
            PlanTarget.ToPhase phase => PhaseDesire.Of(phase, context),
            PlanTarget.Evacuate => EvacuationDesire.Of(context),
            PlanTarget.Brownout brownout => BrownoutRules.Of(brownout, context),
            PlanTarget.DecideTag decision => OfDecision(decision, context),
            PlanTarget.EditRunners edits => EditDesire.Of(edits, context.Fleet),
            PlanTarget.DeleteRunners deletes => EditDesire.Of(deletes, context.Fleet),
            _ => throw new ArgumentOutOfRangeException(nameof(target), target, "No desired state for this target."),
        };
        return desire with { Blockers = [.. desire.Blockers, .. Limits(desire, context.Fleet), .. Roles(target, context.Fleet)] };
    }

    /// <summary>What the reached phase desires now, with the decisions as they stand.</summary>
    public static Desire OfReached(DesireContext context)
    {
        if (context.State.Current is not { } reached) return Desire.Nothing;
        return reached.Evacuated
            ? EvacuationDesire.Of(context)
            : PhaseDesire.Of(new PlanTarget.ToPhase(reached.Phase, reached.KubernetesUntaggedPercent, reached.LegacyUntaggedPercent), context);
    }

    private static Desire OfDecision(PlanTarget.DecideTag decision, DesireContext context)
    {
        var decisions = new Dictionary<string, TagDecision>(context.Settings.Decisions) { [decision.Tag] = decision.Decision };
        var desire = OfReached(context with { Settings = context.Settings with { Decisions = decisions } });
        if (context.State.Current?.Phase >= Phase.DockerFallback) return desire;
        return desire with { Warnings = [.. desire.Warnings, new PlanWarning("decision-takes-effect-later", $"Decisions change runners from phase '{Phase.DockerFallback.Key()}' on; until then this is only written down.")] };
    }

    private static IEnumerable<PlanBlocker> Limits(Desire desire, FleetSnapshot fleet)
    {
        var runners = fleet.Runners.ToDictionary(runner => runner.Id);
        foreach (var one in desire.Runners)
        {
            var runner = runners[one.Runner];
            // The step in between holds both lists, so that one counts.
            var between = runner.Attributes.Tags.Union(one.Attributes.Tags).Count;
            if (between > Planner.TagLimit)
                yield return new PlanBlocker("too-many-tags", $"{runner.Observed.Description} would have {between} tags on the way, GitLab allows {Planner.TagLimit}: take some away first.", null, []);
            if (one.Attributes is { RunUntagged: false, Tags.IsEmpty: true })
                yield return new PlanBlocker("no-tags-left", $"{runner.Observed.Description} may not be left without tags while it refuses untagged jobs: leave it one tag.", null, []);
        }
    }

    // Evacuation leaves unconfirmed runners alone instead: the emergency exit has no form to fill in first.
    private static IEnumerable<PlanBlocker> Roles(PlanTarget target, FleetSnapshot fleet)
    {
        if (target is PlanTarget.Evacuate) yield break;
        var open = fleet.Runners.Where(runner => runner.Standing is { Managed: true, RoleConfirmed: false }).Select(runner => runner.Observed.Description).ToList();
        if (open.Count > 0) yield return new PlanBlocker(
            RolesUnconfirmed.Code, $"{open.Count} runners have only a proposed role ({string.Join(", ", open.Take(5))}{(open.Count > 5 ? ", ..." : "")}): confirm the roles first.", null, []);
    }
}
