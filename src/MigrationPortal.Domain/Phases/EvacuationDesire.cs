using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>
/// Everything back from Kubernetes: legacy takes what it had before the migration, the fallback tag and the opt-in
/// tags, and is paused only where it was already then; after that Kubernetes is paused. Make before break gives the order.
/// </summary>
internal static class EvacuationDesire
{
    public static Desire Of(DesireContext context)
    {
        var desired = context.Legacy.Where(Confirmed).Select(runner => (runner, To: Legacy(runner, context)))
            .Concat(context.Kubernetes.Where(Confirmed).Select(runner => (runner, To: runner.Attributes with { Paused = true })))
            .Select(pair => new DesiredRunner(pair.runner.Id, pair.To, ChangeWords.Of(pair.runner.Attributes, pair.To)));
        var left = context.Legacy.Concat(context.Kubernetes).Where(runner => !Confirmed(runner)).Select(runner => runner.Observed.Description).ToList();
        return new Desire([.. desired], [], left.Count == 0 ? [] : [new PlanWarning(RolesUnconfirmed.Code, $"Left alone, because their role is not confirmed: {string.Join(", ", left)}.")], []);
    }

    private static RunnerAttributes Legacy(FleetRunner runner, DesireContext context)
    {
        var before = DesireContext.Before(runner);
        var tags = context.OwnTags(runner);
        var optIn = tags.Where(tag => context.Settings.Translations.TryGetValue(tag, out var to) && to is not null).Select(tag => context.Settings.Translations[tag]!);
        if (context.IsGeneralPurpose(runner)) optIn = optIn.Append(context.FallbackTag).Append(context.Settings.OptInTag);
        tags = tags.With(optIn);
        if (tags.IsEmpty && !before.RunUntagged) tags = TagSet.Of(context.Settings.StandInTag);
        return runner.Attributes with { Tags = tags, RunUntagged = before.RunUntagged, Paused = runner.Attributes.Paused && before.Paused };
    }

    private static bool Confirmed(FleetRunner runner) => runner.Standing.RoleConfirmed;
}
