using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.World;
using TagSet = MigrationPortal.Domain.Shared.TagSet;

namespace MigrationPortal.Bench.Gates;

/// <summary>The facts of a step as the portal's reader takes them from its digests, counted from a world's own jobs.</summary>
internal sealed class WorldFacts(GitLabWorld world, WorldJobs jobs, WorldArms arms, IFleetStore fleet) : IGateFacts
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly Dictionary<(int Project, string Name), double> _docker = [];
    private (DateOnly Day, double? Ratio, long Names) _ran;
    private (DateTimeOffset Since, double? Queued) _before;
    private readonly HashSet<TagSet> _carried = [];

    public async Task<GateFacts> ReadAsync(InstanceId instance, GateStep step, GatePolicy policy, string? fallbackTag, CancellationToken cancel)
    {
        var (now, today) = (world.Now, DateOnly.FromDateTime(world.Now.UtcDateTime));
        var snapshot = (await fleet.LatestAsync(instance, cancel))!;
        _carried.UnionWith(snapshot.Runners.Select(runner => runner.Attributes.Tags));
        var from = LookPlan.Of(step, policy)?.EvidenceFrom ?? today.AddDays(-7);
        var finished = jobs.FinishedSince(now - Week).LongCount();
        var facts = new GateFacts(
            step, now, DateTimeOffset.MinValue, arms.Between(from, today, snapshot), new CollectionFacts(finished, finished, 0, now), Pending(snapshot, policy, now), Times(step.Since ?? now, now),
            Fallback(fallbackTag, today), Capacity(snapshot), null);
        var suspects = HeterogeneityGate.Suspects(facts, policy);
        return suspects.Count == 0 ? facts : facts with { Names = Names(suspects, from, today) };
    }

    private List<NameDay> Names(IReadOnlyList<long> projects, DateOnly first, DateOnly until) =>
    [
        .. from job in jobs.FinishedSince(WorldArms.Midnight(first))
            where job.FinishedAt < WorldArms.Midnight(until) && job.Attempt == 1 && projects.Contains(job.Project.Id) && (WorldArms.Family(job) is ExecutorFamily.Kubernetes or ExecutorFamily.Docker)
            group job by (job.Project.Id, job.Name, Day: DateOnly.FromDateTime(job.FinishedAt!.Value.UtcDateTime)) into one
            select new NameDay(one.Key.Id, one.Key.Name, one.Key.Day, Counts(one, ExecutorFamily.Kubernetes), Counts(one, ExecutorFamily.Docker)),
    ];

    // All failures are what is asked.
    private static ArmCounts Counts(IEnumerable<Job> name, ExecutorFamily family) =>
        new(name.LongCount(job => WorldArms.Family(job) == family), name.LongCount(job => WorldArms.Family(job) == family && job.Status == World.JobStatus.Failed), 0);

    private PendingFacts Pending(FleetSnapshot snapshot, GatePolicy policy, DateTimeOffset now)
    {
        return jobs.Pending().GroupBy(jobs.NeedsOf).Aggregate(
            new PendingFacts(0, 0, 0),
            (sum, one) => sum.With(
                PendingDiagnosis.Of(one.Key.Tags, one.Key.Protected, one.Key.Project, jobs.AccessOf(one.First().Project), snapshot).Reason, one.Key.Tags, _carried, one.LongCount(), one.LongCount(job => job.QueuedAt < now - policy.StuckAfter)));
    }

    private TimeFacts Times(DateTimeOffset since, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (_ran.Day != today) _ran = Ran(today);
        if (_before.Since != since) _before = (since, Queued(since - Week, since));
        return new TimeFacts(_before.Queued, Queued(now - since > Week ? now - Week : since, now), _ran.Ratio, _ran.Names);
    }

    private double? Queued(DateTimeOffset from, DateTimeOffset to)
    {
        var waits = jobs.StartedSince(from).Where(job => job.StartedAt < to).Select(job => (job.StartedAt!.Value - job.QueuedAt!.Value).TotalSeconds).Order().ToArray();
        return waits.Length == 0 ? null : waits[(int)(0.95 * (waits.Length - 1))];
    }

    // Medians of two weeks by project and name; docker's from before the move where too few ran there since.
    private (DateOnly, double?, long) Ran(DateOnly today)
    {
        var from = WorldArms.Midnight(today) - Week - Week;
        var names = jobs.FinishedSince(from).Where(job => job.Status == World.JobStatus.Success && job.RanOn is not null)
            .GroupBy(job => (job.Project.Id, job.Name));
        var ratios = new List<double>();
        foreach (var name in names)
        {
            if (Median(name, ExecutorFamily.Docker) is { } beside) _docker[name.Key] = beside;
            if (Median(name, ExecutorFamily.Kubernetes) is { } kubernetes && _docker.TryGetValue(name.Key, out var docker)) ratios.Add(kubernetes / docker);
        }

        ratios.Sort();
        return (today, ratios.Count == 0 ? null : ratios[(ratios.Count - 1) / 2], ratios.Count);
    }

    private static double? Median(IEnumerable<Job> name, ExecutorFamily family)
    {
        var seconds = name.Where(job => WorldArms.Family(job) == family).Select(job => (job.FinishedAt!.Value - job.StartedAt!.Value).TotalSeconds).Order().ToArray();
        return seconds.Length < Regressions.LeastJobs ? null : seconds[(seconds.Length - 1) / 2];
    }

    private FallbackFacts Fallback(string? tag, DateOnly today)
    {
        if (tag is null) return new FallbackFacts(null, 0, 0);
        var (from, to) = (WorldArms.Midnight(today.AddDays(-7)), WorldArms.Midnight(today));
        var finished = jobs.FinishedSince(from).Where(job => job.FinishedAt < to).ToList();
        return new FallbackFacts(tag, finished.Count(job => job.Tags.Contains(tag)), finished.Count);
    }

    private static CapacityFacts Capacity(FleetSnapshot snapshot)
    {
        var runners = snapshot.Managed(RunnerRole.Kubernetes).Where(runner => !runner.Attributes.Paused).ToList();
        return new CapacityFacts(runners.Count, runners.Count(runner => JobMatcher.InContact(runner.Observed, snapshot.TakenAt)));
    }

}
