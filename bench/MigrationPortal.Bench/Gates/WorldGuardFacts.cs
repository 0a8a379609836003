using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.World;

namespace MigrationPortal.Bench.Gates;

/// <summary>What the fast roll back is decided from, as the portal's reader takes it from its tables, counted from a world's own jobs.</summary>
internal sealed class WorldGuardFacts(GitLabWorld world, WorldJobs jobs, WorldArms arms, IFleetStore fleet) : IGuardFacts
{
    private (DateOnly Day, ArmCounts Kubernetes, ArmCounts Docker) _usual;
    private (DateOnly Day, DateTimeOffset Since, SequenceFacts? Beside, SequenceFacts? Before) _sequence;

    public async Task<GuardFacts> ReadAsync(InstanceId instance, GuardQuestion question, CancellationToken cancel)
    {
        var (now, today) = (world.Now, DateOnly.FromDateTime(world.Now.UtcDateTime));
        var snapshot = (await fleet.LatestAsync(instance, cancel))!;
        // Whole days never change again.
        if (_usual.Day != today) _usual = Usual(today, snapshot);
        if (_sequence.Day != today || _sequence.Since != question.Since)
            _sequence = Sequence(today, question.Since, snapshot);
        var (stuck, waiting) = Queue(question, snapshot, now);
        return new GuardFacts(
            now, question.Since, now, Hour(question.Since, now, today, snapshot), _usual.Docker, _usual.Kubernetes, _sequence.Beside, stuck, Contact(snapshot),
            new StartFacts(Started(snapshot, now - BlackoutRule.Silence), waiting), question.Latest?.BreachedFor(now, question.Since) ?? [])
        {
            BeforeAfter = _sequence.Before,
        };
    }

    private (DateOnly, DateTimeOffset, SequenceFacts?, SequenceFacts?) Sequence(DateOnly today, DateTimeOffset since, FleetSnapshot snapshot) => (
        today, since, SequenceFacts.Of(arms.Between(LookPlan.FirstWhole(since), today, snapshot)),
        SequenceFacts.BeforeAfter(arms.Between(DateOnly.FromDateTime(since.UtcDateTime).AddDays(-SequenceFacts.Reach), today, snapshot), since, today));

    private HourFacts Hour(DateTimeOffset since, DateTimeOffset now, DateOnly today, FleetSnapshot snapshot)
    {
        var hour = arms.Of(today, jobs.FinishedSince(now - BurstRule.Window).Where(job => job.StartedAt >= since), snapshot);
        int Projects(Func<ArmDay, long> failed) => hour.Where(arm => failed(arm) > 0).Select(arm => arm.Project).Distinct().Count();
        return new HourFacts(
            hour.Aggregate(default(ArmCounts), (sum, arm) => sum + arm.Kubernetes), Projects(arm => arm.Kubernetes.Failed), Projects(arm => arm.Kubernetes.Infrastructure),
            hour.Aggregate(default(ArmCounts), (sum, arm) => sum + arm.Docker));
    }

    private (DateOnly, ArmCounts, ArmCounts) Usual(DateOnly today, FleetSnapshot snapshot) =>
        arms.Between(today.AddDays(-IncidentFinder.Trailing.Days), today, snapshot).Aggregate((today, default(ArmCounts), default(ArmCounts)), (sum, arm) => (today, sum.Item2 + arm.Kubernetes, sum.Item3 + arm.Docker));

    private (StuckFacts Stuck, long Waiting) Queue(GuardQuestion question, FleetSnapshot snapshot, DateTimeOffset now)
    {
        var kubernetes = snapshot.Managed(RunnerRole.Kubernetes).Where(runner => !runner.Attributes.Paused).Select(runner => runner.Observed).ToList();
        var widened = snapshot.Runners.Where(runner => question.Restored.ContainsKey(runner.Id)).Select(runner => (Now: runner.Observed, Then: runner.Observed with { Attributes = question.Restored[runner.Id] })).ToList();
        var (none, old, waiting, projects) = (0L, 0L, 0L, new HashSet<ProjectId>());
        foreach (var one in jobs.Pending().GroupBy(jobs.NeedsOf))
        {
            var (needs, access) = (one.Key, jobs.AccessOf(one.First().Project));
            bool Serves(ObservedRunner runner) => JobMatcher.Serves(runner, needs, access, snapshot.TakenAt);
            if (kubernetes.Exists(runner => JobMatcher.Matches(runner, needs, access))) waiting += one.LongCount(job => job.QueuedAt <= now - BlackoutRule.Silence);
            if (!widened.Exists(pair => Serves(pair.Then) && !Serves(pair.Now))) continue;
            if (!snapshot.Runners.Any(runner => Serves(runner.Observed))) none += one.LongCount();
            else if (one.LongCount(job => job.QueuedAt <= now - question.StuckAfter) is > 0 and var late)
            {
                old += late;
                projects.Add(needs.Project);
            }
        }

        return (new StuckFacts(none, old, projects.Count, 0), waiting);
    }

    private long Started(FleetSnapshot snapshot, DateTimeOffset since)
    {
        var kubernetes = snapshot.Managed(RunnerRole.Kubernetes).Select(runner => runner.Id.Number).ToHashSet();
        return jobs.StartedSince(since).LongCount(job => job.Runner is { } runner && kubernetes.Contains(runner.Id));
    }

    private static ContactFacts Contact(FleetSnapshot snapshot)
    {
        var kubernetes = snapshot.Managed(RunnerRole.Kubernetes).Where(runner => !runner.Attributes.Paused && !JobMatcher.IsStale(runner.Observed, snapshot.TakenAt)).ToList();
        int InContact(IEnumerable<FleetRunner> runners) => runners.Count(runner => JobMatcher.InContact(runner.Observed, snapshot.TakenAt));
        return new ContactFacts(snapshot.TakenAt, kubernetes.Count, InContact(kubernetes), InContact(snapshot.Managed(RunnerRole.Legacy)));
    }
}
