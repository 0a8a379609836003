using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;

namespace MigrationPortal.Domain.Phases;

/// <summary>Manual edits and deletions: only of managed runners, deletions only of paused ones.</summary>
internal static class EditDesire
{
    public static Desire Of(PlanTarget.EditRunners target, FleetSnapshot fleet)
    {
        var (found, blockers) = Find(target.Runners.Select(edit => edit.Id), fleet);
        var desired = target.Runners.Where(edit => found.ContainsKey(edit.Id)).Select(edit =>
        {
            var now = found[edit.Id].Attributes;
            var to = now with { Tags = edit.Tags ?? now.Tags, RunUntagged = edit.RunUntagged ?? now.RunUntagged, Paused = edit.Paused ?? now.Paused };
            return new DesiredRunner(found[edit.Id].Id, to, ChangeWords.Of(now, to));
        });
        return new Desire([.. desired], [], [], blockers);
    }

    public static Desire Of(PlanTarget.DeleteRunners target, FleetSnapshot fleet)
    {
        var (found, blockers) = Find(target.Runners, fleet);
        var active = found.Values.Where(runner => !runner.Attributes.Paused)
            .Select(runner => new PlanBlocker("not-paused", $"{runner.Observed.Description} is active: pause it and let its jobs end before deleting it.", null, []));
        var warning = new PlanWarning("deletion-is-final", "A deleted runner cannot be restored, also not by roll back: a new one has a new id and token.");
        return new Desire([], [.. found.Values.Where(runner => runner.Attributes.Paused).Select(runner => runner.Id)], [warning], [.. blockers, .. active]);
    }

    private static (Dictionary<long, FleetRunner> Found, List<PlanBlocker> Blockers) Find(IEnumerable<long> ids, FleetSnapshot fleet)
    {
        var all = fleet.Runners.ToDictionary(runner => runner.Id.Number);
        Dictionary<long, FleetRunner> found = [];
        List<PlanBlocker> blockers = [];
        foreach (var id in ids.Distinct())
        {
            if (!all.TryGetValue(id, out var runner))
                blockers.Add(new PlanBlocker("unknown-runner", $"Runner {id} is not in the fleet.", null, []));
            else if (!runner.Standing.Managed)
                blockers.Add(new PlanBlocker("unmanaged-runner", $"{runner.Observed.Description} (runner {id}) is not managed: take it in on the fleet page first.", null, []));
            else
                found.Add(id, runner);
        }
        return (found, blockers);
    }
}
