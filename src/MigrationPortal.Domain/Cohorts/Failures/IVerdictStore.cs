using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Failures;

/// <summary>What was found out about failed jobs, so that a log is read once.</summary>
public interface IVerdictStore
{
    /// <summary>By the jobs' numbers; those that nobody looked at are left out.</summary>
    Task<IReadOnlyDictionary<long, JobVerdict>> FindAsync(InstanceId instance, IReadOnlyCollection<long> jobs, CancellationToken cancel);

    /// <summary>The first word on a job stays.</summary>
    /// <param name="excerptUntil">When the lines of the log are dropped; the rest is a fact without text of the log, and stays.</param>
    /// <returns>What is stored: this one, or that of whoever was faster.</returns>
    Task<JobVerdict> SaveAsync(JobVerdict verdict, DateTimeOffset excerptUntil, CancellationToken cancel);

    /// <returns>How many excerpts were dropped.</returns>
    Task<int> ExpireAsync(InstanceId instance, DateTimeOffset now, CancellationToken cancel);
}

/// <param name="Reason">GitLab's own word when it was judged; null when it was not known.</param>
/// <param name="ReadAt">The instance's time.</param>
public sealed record JobVerdict(JobId Job, ProjectId Project, LogState Log, string? Reason, FailureVerdict Verdict, DateTimeOffset ReadAt);
