using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.World;

namespace MigrationPortal.Bench.Gates;

/// <summary>First attempts on managed runners that succeeded or failed, by project and tag set: as the portal's digests count them.</summary>
internal sealed class WorldArms(WorldJobs jobs)
{
    private readonly Dictionary<DateOnly, List<ArmDay>> _days = [];

    /// <summary>Whole days that have passed, from one until another.</summary>
    public List<ArmDay> Between(DateOnly from, DateOnly until, FleetSnapshot snapshot)
    {
        var arms = new List<ArmDay>();
        for (var day = from; day < until; day = day.AddDays(1))
        {
            if (!_days.TryGetValue(day, out var known)) _days[day] = known = Of(day, jobs.FinishedSince(Midnight(day)).Where(job => job.FinishedAt < Midnight(day.AddDays(1))), snapshot);
            arms.AddRange(known);
        }

        return arms;
    }

    /// <param name="day">What the counts are said to be of.</param>
    public List<ArmDay> Of(DateOnly day, IEnumerable<Job> finished, FleetSnapshot snapshot)
    {
        var managed = snapshot.Runners.Where(runner => runner.Standing.Managed).Select(runner => runner.Id.Number).ToHashSet();
        var arms = new SortedDictionary<(long Project, string Tags), (ArmCounts K, ArmCounts D)>();
        foreach (var job in finished)
        {
            if (job.Attempt > 1 || job.Runner is not { } runner || !managed.Contains(runner.Id) || Family(job) is not (ExecutorFamily.Kubernetes or ExecutorFamily.Docker)) continue;
            var kind = FailureReasons.KindOf(job.Status == World.JobStatus.Failed ? Domain.Jobs.JobStatus.Failed : Domain.Jobs.JobStatus.Success, job.FailureReason.Wire());
            var one = new ArmCounts(1, kind == FailureKind.None ? 0 : 1, kind == FailureKind.Infrastructure ? 1 : 0);
            var key = ((long)job.Project.Id, jobs.TagsOf(job).Words);
            var (kubernetes, docker) = arms.GetValueOrDefault(key);
            arms[key] = Family(job) == ExecutorFamily.Kubernetes ? (kubernetes + one, docker) : (kubernetes, docker + one);
        }

        return [.. arms.Select(arm => new ArmDay(arm.Key.Project, day, arm.Value.K, arm.Value.D, arm.Key.Tags))];
    }

    public static ExecutorFamily Family(Job job) => new Domain.Fleet.Executor(job.RanOn?.Wire() ?? "").Family;

    public static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
