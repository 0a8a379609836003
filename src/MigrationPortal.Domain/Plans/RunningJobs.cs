using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>A runner is drained when it is paused and its last job has ended. Deleting it earlier would fail those jobs.</summary>
internal static class RunningJobs
{
    /// <summary>GitLab ends a job that nobody reports on within a day; what was never read again after a week counts as ended.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromDays(7);

    public static Task<IReadOnlyDictionary<RunnerId, long>> CountAsync(
        IJobStore jobs, InstanceId instance, IReadOnlyCollection<RunnerId> runners, DateTimeOffset now, CancellationToken cancel) =>
        jobs.RunningAsync(instance, runners, now - Believed, cancel);

    public static string Words(string runner, long jobs) => $"{runner} is still running {jobs} {(jobs == 1 ? "job" : "jobs")}";
}
