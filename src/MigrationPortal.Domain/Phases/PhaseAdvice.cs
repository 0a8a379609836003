using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>What an admin should know before a phase target. Advice never stops.</summary>
internal static class PhaseAdvice
{
    public static IEnumerable<PlanWarning> For(PlanTarget.ToPhase target, DesireContext context)
    {
        if (!context.Kubernetes.Any())
            yield return new PlanWarning("no-kubernetes-runners", "No managed runner has the role kubernetes: nothing can move yet.");
        if (Order(target, context.State.Current) is { } order) yield return order;
        if (target is { Phase: Phase.UntaggedTakeover, KubernetesUntaggedPercent: < 100 } && (target.LegacyUntaggedPercent ?? 0) < 100)
            yield return new PlanWarning("legacy-before-kubernetes", $"Legacy shrinks to {target.LegacyUntaggedPercent ?? 0} % before all Kubernetes runners accept untagged jobs.");

        if (target.Phase == Phase.Decommission)
            yield return new PlanWarning("running-jobs", "Pausing is the drain switch: running jobs end by themselves, new ones are not taken. Tags stay as they are.");
        if (target.Phase == Phase.RetireOptInTag && context.Legacy.Any())
            yield return new PlanWarning("legacy-still-there", $"{context.Legacy.Count()} legacy runners still exist, paused. Deleting them is a plan of its own.");

        var resting = target.Phase < Phase.Decommission && !(context.State.Current?.Phase >= Phase.Decommission)
            ? context.Legacy.Where(runner => runner.Attributes.Paused && !DesireContext.Before(runner).Paused).Select(runner => runner.Observed.Description).ToList()
            : [];
        if (resting.Count > 0)
            yield return new PlanWarning("legacy-left-paused", $"Paused since the migration began and left so: {string.Join(", ", resting)}.");
    }

    public static IEnumerable<PlanWarning> Silent(IReadOnlySet<RunnerId> takesUntagged, DesireContext context)
    {
        var silent = context.Kubernetes.Where(runner => takesUntagged.Contains(runner.Id) && !JobMatcher.InContact(runner.Observed, context.Fleet.TakenAt))
            .Select(runner => runner.Observed.Description).ToList();
        if (silent.Count > 0)
            yield return new PlanWarning("kubernetes-out-of-contact", $"To accept untagged jobs, but without contact with GitLab for more than {JobMatcher.ContactLimit.TotalMinutes:0} minutes: {string.Join(", ", silent)}.");
    }

    private static PlanWarning? Order(PlanTarget.ToPhase target, PhaseReached? current)
    {
        var next = current is null ? Phase.Prepare : current.Phase + 1;
        if (target.Phase > next)
            return new PlanWarning("phase-skipped", $"'{target.Phase.Key()}' follows '{(target.Phase - 1).Key()}', which has not been reached.");
        if (current is not null && target.Phase < current.Phase)
            return new PlanWarning("phase-back", $"This goes back from '{current.Phase.Key()}' to '{target.Phase.Key()}'.");
        return null;
    }
}
