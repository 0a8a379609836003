using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Gates;

/// <summary>What waits now: because of the last step, because of a brownout, and for Kubernetes.</summary>
internal sealed class GuardQueueReader(IPendingReader pending, IProjectStore projects)
{
    /// <returns>Stuck jobs, and those that wait longer than <see cref="BlackoutRule.Silence"/> although Kubernetes could take them.</returns>
    public async Task<(StuckFacts Stuck, long Waiting)> ReadAsync(InstanceId instance, GuardQuestion question, FleetSnapshot? snapshot, DateTimeOffset now, CancellationToken cancel)
    {
        if (snapshot is null) return (new StuckFacts(0, 0, 0, 0), 0);
        var classes = await pending.ClassesAsync(instance, [now - question.StuckAfter, now - BlackoutRule.Silence], cancel);
        var known = await projects.FindAsync([.. classes.Select(one => one.Project).Distinct()], cancel);
        var kubernetes = snapshot.Managed(RunnerRole.Kubernetes).Where(runner => !runner.Attributes.Paused).Select(runner => runner.Observed).ToList();
        var widened = snapshot.Runners.Where(runner => question.Restored.ContainsKey(runner.Id)).Select(runner => (Now: runner.Observed, Then: runner.Observed with { Attributes = question.Restored[runner.Id] })).ToList();
        var (none, old, brownout, waiting) = (0L, 0L, 0L, 0L);
        var projectsOfOld = new HashSet<ProjectId>();
        foreach (var one in classes)
        {
            if (one.Tags is null) continue;
            var (needs, access) = (new JobNeeds(one.Tags, one.Protected, one.Project), known.GetValueOrDefault(one.Project)?.Access);
            bool Serves(ObservedRunner runner) => JobMatcher.Serves(runner, needs, access, snapshot.TakenAt);
            if (kubernetes.Exists(runner => JobMatcher.Matches(runner, needs, access))) waiting += one.QueuedBy[1];
            if (question.BrownoutTags.Any(one.Tags.Contains)) brownout += one.Jobs;
            else if (widened.Exists(pair => Serves(pair.Then) && !Serves(pair.Now)))
            {
                if (!snapshot.Runners.Any(runner => Serves(runner.Observed))) none += one.Jobs;
                else if (one.QueuedBy[0] > 0)
                {
                    old += one.QueuedBy[0];
                    projectsOfOld.Add(one.Project);
                }
            }
        }

        return (new StuckFacts(none, old, projectsOfOld.Count, brownout), waiting);
    }
}
