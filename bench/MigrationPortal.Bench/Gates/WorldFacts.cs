using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.World;

namespace MigrationPortal.Bench.Gates;

/// <summary>The facts of a step as the portal's reader takes them from its digests, counted from a world's own jobs.</summary>
internal sealed class WorldFacts(GitLabWorld world, WorldJobs jobs, IFleetStore fleet) : IGateFacts
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly Dictionary<DateOnly, List<ArmDay>> _days = [];
    private readonly Dictionary<(int Project, string Name), double> _docker = [];
    private (DateOnly Day, double? Ratio, long Names) _ran;
    private (DateTimeOffset Since, double? Queued) _before;

    public async Task<GateFacts> ReadAsync(InstanceId instance, GateStep step, GatePolicy policy, string? fallbackTag, CancellationToken cancel)
    {
        var (now, today) = (world.Now, DateOnly.FromDateTime(world.Now.UtcDateTime));
        var snapshot = (await fleet.LatestAsync(instance, cancel))!;
        var from = LookPlan.Of(step, policy)?.EvidenceFrom ?? today.AddDays(-7);
        var arms = new List<ArmDay>();
        for (var day = from; day < today; day = day.AddDays(1)) arms.AddRange(Arms(day, snapshot));
        var finished = jobs.AliveSince(now - Week).LongCount(job => job.FinishedAt >= now - Week);
        return new GateFacts(
            step, now, DateTimeOffset.MinValue, arms, new CollectionFacts(finished, finished, 0, now), Pending(snapshot, policy, now), Times(step.Since ?? now, now),
            Fallback(fallbackTag, today), Capacity(snapshot), null);
    }

    // First attempts on managed runners that succeeded or failed.
    private List<ArmDay> Arms(DateOnly day, FleetSnapshot snapshot)
    {
        if (_days.TryGetValue(day, out var known)) return known;
        var managed = snapshot.Runners.Where(runner => runner.Standing.Managed).Select(runner => runner.Id.Number).ToHashSet();
        var (from, arms) = (Midnight(day), new SortedDictionary<(long Project, string Tags), (ArmCounts K, ArmCounts D)>());
        foreach (var job in jobs.AliveSince(from))
        {
            if (!(job.FinishedAt >= from && job.FinishedAt < from.AddDays(1)) || job.Attempt > 1 || job.Status is not (World.JobStatus.Success or World.JobStatus.Failed)) continue;
            if (job.Runner is not { } runner || !managed.Contains(runner.Id) || Family(job) is not (ExecutorFamily.Kubernetes or ExecutorFamily.Docker)) continue;
            var kind = FailureReasons.KindOf(job.Status == World.JobStatus.Failed ? Domain.Jobs.JobStatus.Failed : Domain.Jobs.JobStatus.Success, job.FailureReason.Wire());
            var one = new ArmCounts(1, kind == FailureKind.None ? 0 : 1, kind == FailureKind.Infrastructure ? 1 : 0);
            var key = ((long)job.Project.Id, string.Join(',', jobs.NeedsOf(job).Tags));
            var (kubernetes, docker) = arms.GetValueOrDefault(key);
            arms[key] = Family(job) == ExecutorFamily.Kubernetes ? (kubernetes + one, docker) : (kubernetes, docker + one);
        }

        return _days[day] = [.. arms.Select(arm => new ArmDay(arm.Key.Project, day, arm.Value.K, arm.Value.D, arm.Key.Tags))];
    }

    private PendingFacts Pending(FleetSnapshot snapshot, GatePolicy policy, DateTimeOffset now)
    {
        var waiting = jobs.AliveSince(now).Where(job => job.Status == World.JobStatus.Pending).ToList();
        var (none, old) = (0L, 0L);
        foreach (var one in waiting.GroupBy(jobs.NeedsOf))
        {
            var reason = PendingDiagnosis.Of(one.Key.Tags, one.Key.Protected, one.Key.Project, jobs.AccessOf(one.First().Project), snapshot).Reason;
            if (reason is PendingReason.Busy or PendingReason.NotKnown) old += one.LongCount(job => job.QueuedAt < now - policy.StuckAfter);
            else none += one.LongCount();
        }

        return new PendingFacts(waiting.Count, none, old);
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
        var waits = jobs.AliveSince(from).Where(job => job.StartedAt >= from && job.StartedAt < to).Select(job => (job.StartedAt!.Value - job.QueuedAt!.Value).TotalSeconds).Order().ToArray();
        return waits.Length == 0 ? null : waits[(int)(0.95 * (waits.Length - 1))];
    }

    // Medians of two weeks by project and name; docker's from before the move where too few ran there since.
    private (DateOnly, double?, long) Ran(DateOnly today)
    {
        var from = Midnight(today) - Week - Week;
        var names = jobs.AliveSince(from).Where(job => job.Status == World.JobStatus.Success && job.FinishedAt >= from && job.RanOn is not null)
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
        var seconds = name.Where(job => Family(job) == family).Select(job => (job.FinishedAt!.Value - job.StartedAt!.Value).TotalSeconds).Order().ToArray();
        return seconds.Length < Regressions.LeastJobs ? null : seconds[(seconds.Length - 1) / 2];
    }

    private FallbackFacts Fallback(string? tag, DateOnly today)
    {
        if (tag is null) return new FallbackFacts(null, 0, 0);
        var (from, to) = (Midnight(today.AddDays(-7)), Midnight(today));
        var finished = jobs.AliveSince(from).Where(job => job.FinishedAt >= from && job.FinishedAt < to && job.Status is World.JobStatus.Success or World.JobStatus.Failed).ToList();
        return new FallbackFacts(tag, finished.Count(job => job.Tags.Contains(tag)), finished.Count);
    }

    private static CapacityFacts Capacity(FleetSnapshot snapshot)
    {
        var runners = snapshot.Managed(RunnerRole.Kubernetes).Where(runner => !runner.Attributes.Paused).ToList();
        return new CapacityFacts(runners.Count, runners.Count(runner => JobMatcher.InContact(runner.Observed, snapshot.TakenAt)));
    }

    private static ExecutorFamily Family(Job job) => new Domain.Fleet.Executor(job.RanOn?.Wire() ?? "").Family;

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
