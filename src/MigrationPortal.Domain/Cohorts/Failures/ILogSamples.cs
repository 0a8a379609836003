using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Failures;

/// <summary>The drawn days and their jobs. What their logs said stands with the verdicts of all failed jobs.</summary>
public interface ILogSamples
{
    /// <summary>The instance's seed, made when it is first asked for, and never changed.</summary>
    Task<string> SeedAsync(InstanceId instance, CancellationToken cancel);

    Task<IReadOnlyList<DateOnly>> DrawnAsync(InstanceId instance, DateOnly from, CancellationToken cancel);

    /// <summary>First attempts that failed on managed runners on that UTC day; none while not all of its jobs are collected.</summary>
    Task<IReadOnlyList<FailedId>> FailedAsync(InstanceId instance, DateOnly day, CancellationToken cancel);

    /// <summary>A day is drawn once: of two the first stays.</summary>
    Task SaveAsync(InstanceId instance, SampleDay day, IReadOnlyList<FailedId> drawn, CancellationToken cancel);

    /// <summary>Drawn jobs whose log nobody has read yet, the newest days first, with GitLab's reason as far as it is known.</summary>
    Task<IReadOnlyList<(JobId Job, ProjectId Project, string? Reason)>> UnreadAsync(InstanceId instance, int limit, CancellationToken cancel);

    /// <summary>What GitLab and the logs say of the jobs of those days.</summary>
    Task<IReadOnlyList<SampleCell>> CellsAsync(InstanceId instance, DateOnly from, DateOnly until, CancellationToken cancel);

    Task<IReadOnlyList<SampleDay>> DaysAsync(InstanceId instance, DateOnly from, DateOnly until, CancellationToken cancel);
}

/// <param name="Each">As many were drawn of each executor.</param>
/// <param name="DockerFailed">From so many.</param>
public sealed record SampleDay(DateOnly Day, int Each, int DockerFailed, int KubernetesFailed, DateTimeOffset DrawnAt);

/// <summary>Drawn jobs that are alike.</summary>
/// <param name="Reason">GitLab's own word; null while it is not known.</param>
/// <param name="Log">Null: not looked at yet.</param>
/// <param name="Blame">By the log alone: the past of a job plays no part here.</param>
public sealed record SampleCell(ExecutorFamily Executor, string? Reason, LogState? Log, FailureBlame Blame, long Jobs)
{
    public FailureKind Kind => FailureReasons.KindOf(JobStatus.Failed, Reason);
}
