using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>The table of product.md, "The phases and what they desire", row by row. Only the attributes it names are touched.</summary>
internal static class PhaseDesire
{
    private static readonly HashSet<RunnerId> EmptySet = [];

    public static Desire Of(PlanTarget.ToPhase target, DesireContext context)
    {
        var takesUntagged = KubernetesTakingUntagged(target, context);
        var keepsUntagged = LegacyKeepingUntagged(target, context);
        var legacyTags = new LegacyTags(context);

        var desired = context.Kubernetes.Select(runner => (runner, To: Kubernetes(target.Phase, runner, takesUntagged.Contains(runner.Id), context)))
            .Concat(context.Legacy.Select(runner => (runner, To: Legacy(target.Phase, runner, keepsUntagged.Contains(runner.Id), legacyTags, context))))
            .Select(pair => new DesiredRunner(pair.runner.Id, pair.To, ChangeWords.Of(pair.runner.Attributes, pair.To)));

        return new Desire([.. desired], [], [.. PhaseAdvice.For(target, context), .. PhaseAdvice.Silent(takesUntagged, context), .. target.Phase == Phase.DockerFallback ? legacyTags.Warnings() : []], [.. Taken(target, context)]);
    }

    private static RunnerAttributes Kubernetes(Phase phase, FleetRunner runner, bool takesUntagged, DesireContext context)
    {
        var settings = context.Settings;
        var before = DesireContext.Before(runner).Tags;
        var tags = runner.Attributes.Tags
            .Where(tag => !settings.Decisions.TryGetValue(tag, out var decision) || (before.Contains(tag) && decision != TagDecision.Retire))
            .ToList();
        if (phase >= Phase.DockerFallback) tags.AddRange(settings.Decisions.Where(one => one.Value == TagDecision.Adopt).Select(one => one.Key));

        var set = TagSet.Of(tags);
        set = phase == Phase.RetireOptInTag && !settings.KeepOptInTag ? set.Without(settings.OptInTag) : set.With(settings.OptInTag);
        // Prepare leaves pausing to the admin; from opt-in on, Kubernetes works.
        return runner.Attributes with { Tags = set, RunUntagged = takesUntagged, Paused = phase == Phase.Prepare && runner.Attributes.Paused };
    }

    private static RunnerAttributes Legacy(Phase phase, FleetRunner runner, bool keepsUntagged, LegacyTags legacyTags, DesireContext context)
    {
        // Drained: tags end later, after brownouts and proof of no use.
        if (phase >= Phase.Decommission) return runner.Attributes with { Paused = true };

        TagSet tags;
        if (phase == Phase.DockerFallback) tags = legacyTags.Kept(runner);
        else tags = context.IsGeneralPurpose(runner) ? context.OwnTags(runner).With(context.FallbackTag) : context.OwnTags(runner);

        if (tags.IsEmpty && !keepsUntagged) tags = TagSet.Of(context.Settings.StandInTag);
        return runner.Attributes with { Tags = tags, RunUntagged = keepsUntagged, Paused = StaysPaused(runner, context) };
    }

    // A pause is undone only where decommission made it: one that an admin made for maintenance is theirs.
    private static bool StaysPaused(FleetRunner runner, DesireContext context) =>
        runner.Attributes.Paused && !(context.State.Current?.Phase >= Phase.Decommission && !DesireContext.Before(runner).Paused);

    private static IReadOnlySet<RunnerId> KubernetesTakingUntagged(PlanTarget.ToPhase target, DesireContext context)
    {
        if (target.Phase < Phase.UntaggedTakeover) return EmptySet;
        var percent = target.Phase == Phase.UntaggedTakeover ? target.KubernetesUntaggedPercent ?? 100 : 100;
        // The phase itself ends a pause of theirs.
        return Ramp.Members(context.Kubernetes, percent, runner => !JobMatcher.IsStale(runner.Observed, context.Fleet.TakenAt));
    }

    private static IReadOnlySet<RunnerId> LegacyKeepingUntagged(PlanTarget.ToPhase target, DesireContext context)
    {
        if (target.Phase >= Phase.DockerFallback) return EmptySet;
        var percent = target.Phase == Phase.UntaggedTakeover ? target.LegacyUntaggedPercent ?? 0 : 100;
        return Ramp.Members(
            context.Legacy.Where(runner => DesireContext.Before(runner).RunUntagged), percent,
            runner => !StaysPaused(runner, context) && !JobMatcher.IsStale(runner.Observed, context.Fleet.TakenAt));
    }

    private static IEnumerable<PlanBlocker> Taken(PlanTarget.ToPhase target, DesireContext context)
    {
        if (target.Phase < Phase.Decommission && FallbackTag.WhyTaken(context.FallbackTag, context.Fleet, context.Census) is { } taken) yield return taken;
    }
}
