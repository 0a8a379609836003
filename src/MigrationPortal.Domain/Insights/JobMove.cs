using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>One job name of one project, before and after most of its jobs went to Kubernetes; retries do not count.</summary>
/// <param name="MovedOn">The first UTC day that counts as after.</param>
/// <param name="Before">On docker, before that day.</param>
/// <param name="After">On Kubernetes, from that day on.</param>
/// <param name="Beside">On docker, from that day on: what bad days of GitLab or the job itself would change as well.</param>
public sealed record JobMove(ProjectId Project, string Name, DateOnly MovedOn, JobSide Before, JobSide After, JobSide Beside);

/// <param name="MedianSeconds">Run time of those that succeeded; null when none did. Off by at most <see cref="TimeHistogram.RelativeError"/>.</param>
public sealed record JobSide(long Finished, FailureCounts Failed, double? MedianSeconds)
{
    public Rate Rate(FailureKind? kind) => new(Failed.Of(kind), Finished);

    public static JobSide Of(IEnumerable<JobDay> days)
    {
        ArgumentNullException.ThrowIfNull(days);
        var (finished, failed, ran) = (0L, FailureCounts.None, new long[TimeHistogram.Buckets]);
        foreach (var day in days)
        {
            finished += day.Finished;
            failed += day.Failed;
            foreach (var (bucket, jobs) in day.Ran) ran[bucket] += jobs;
        }
        return new JobSide(finished, failed, TimeHistogram.Percentile(ran, 0.5));
    }
}

/// <summary>Finds the day from which most jobs of a name run on Kubernetes. Pure.</summary>
public static class MoveFinder
{
    /// <summary>
    /// The day that parts docker before from Kubernetes after with the fewest jobs on the wrong side; the earlier one of two
    /// equally good. So neither a trial before nor a day back on docker (an evacuation) is taken for the move.
    /// </summary>
    /// <returns>Null when it has not moved, or never ran on docker before: then there is nothing to compare.</returns>
    public static DateOnly? Day(IReadOnlyCollection<JobDay> days)
    {
        var byDay = days.Where(day => day.Executor is ExecutorFamily.Docker or ExecutorFamily.Kubernetes).GroupBy(day => day.Day).OrderBy(day => day.Key)
            .Select(day => (Day: day.Key, Docker: Sum(day, ExecutorFamily.Docker), Kubernetes: Sum(day, ExecutorFamily.Kubernetes))).ToList();
        // Never moved leaves all of Kubernetes' jobs on the wrong side.
        var (best, found) = (byDay.Sum(day => day.Kubernetes), (DateOnly?)null);
        var (wrongBefore, wrongAfter) = (0L, byDay.Sum(day => day.Docker));
        foreach (var (day, docker, kubernetes) in byDay)
        {
            if (wrongBefore + wrongAfter < best) (best, found) = (wrongBefore + wrongAfter, day);
            wrongBefore += kubernetes;
            wrongAfter -= docker;
        }
        return found is { } moved && byDay.Exists(day => day.Day < moved && day.Docker > 0) ? moved : null;
    }

    public static JobMove? Find(ProjectId project, string name, IReadOnlyCollection<JobDay> days)
    {
        if (Day(days) is not { } moved) return null;
        return new JobMove(
            project, name, moved,
            JobSide.Of(days.Where(day => day.Day < moved && day.Executor == ExecutorFamily.Docker)),
            JobSide.Of(days.Where(day => day.Day >= moved && day.Executor == ExecutorFamily.Kubernetes)),
            JobSide.Of(days.Where(day => day.Day >= moved && day.Executor == ExecutorFamily.Docker)));
    }

    private static long Sum(IEnumerable<JobDay> days, ExecutorFamily executor) => days.Where(day => day.Executor == executor).Sum(day => day.Finished);
}
