using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Jobs;

/// <summary>Single jobs and small sums for pages: drill-down, pending, runner and project pages.</summary>
public interface IJobReader
{
    /// <summary>Newest (highest number) first.</summary>
    Task<IReadOnlyList<JobRow>> FindAsync(JobFilter filter, int limit, long? before, CancellationToken cancel);

    /// <summary>
    /// Jobs that finished in the filter's window, latest first. Only so many jobs are looked through for one page that it
    /// answers within a second; then <see cref="FinishedPage.LookedBackTo"/> says how far, and the mark goes on from there.
    /// </summary>
    /// <param name="filter">With a window. Without a status: those that succeeded or failed, as rates count them.</param>
    Task<FinishedPage> FinishedAsync(JobFilter filter, int limit, JobMark? after, CancellationToken cancel);

    /// <summary>Single jobs in which nothing happened since may be gone, dropped for their age; null while none is.</summary>
    Task<DateTimeOffset?> KeptSinceAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>Jobs that wait for a runner, longest first.</summary>
    Task<IReadOnlyList<JobRow>> PendingAsync(InstanceId instance, int limit, CancellationToken cancel);

    /// <summary>How many jobs wait for a runner.</summary>
    Task<long> PendingCountAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>
    /// Jobs last seen in a state that is not final, newest first: what a sweep must read again. Created, scheduled and
    /// manual ones may rest for ever, so they have a bound of their own.
    /// </summary>
    /// <param name="movingSince">Creation time of jobs that wait for a runner or run.</param>
    /// <param name="restingSince">Creation time of those that rest.</param>
    Task<IReadOnlyList<(long Job, ProjectId Project)>> UnfinishedAsync(
        InstanceId instance, DateTimeOffset movingSince, DateTimeOffset restingSince, int limit, CancellationToken cancel);

    /// <summary>Numbers of failed jobs without a raw reason, newest first, by runner (null: no runner took it).</summary>
    Task<IReadOnlyList<(long? Runner, long Job, ProjectId Project)>> WithoutReasonAsync(InstanceId instance, int limit, CancellationToken cancel);

    /// <summary>Finished and failed jobs of each runner in the window, by hour.</summary>
    Task<IReadOnlyDictionary<RunnerId, IReadOnlyList<HourCount>>> PerRunnerAsync(InstanceId instance, TimeWindow window, CancellationToken cancel);

    /// <summary>The executor of the last started job of each of these projects, and its time.</summary>
    Task<IReadOnlyDictionary<ProjectId, LastRun>> LastRunsAsync(InstanceId instance, IReadOnlyCollection<ProjectId> projects, CancellationToken cancel);

    /// <summary>The census by tag; untagged jobs are the row with an empty tag.</summary>
    Task<IReadOnlyList<TagUse>> TagsAsync(InstanceId instance, TimeWindow window, CancellationToken cancel);
}

/// <param name="Executor">A family; null takes all.</param>
/// <param name="Tag">Empty for untagged jobs.</param>
/// <param name="Reason">GitLab's raw word.</param>
/// <param name="Started">Within the finished window, those that started then.</param>
/// <param name="Name">Of the job in its CI file.</param>
/// <param name="RunnerVersion">Of the manager, when the job was collected.</param>
public sealed record JobFilter(
    InstanceId Instance,
    TimeWindow? Finished = null,
    ProjectId? Project = null,
    long? Runner = null,
    ExecutorFamily? Executor = null,
    JobStatus? Status = null,
    FailureKind? Kind = null,
    string? Tag = null,
    string? Reason = null,
    string? RunnerVersion = null,
    TimeWindow? Started = null,
    string? Name = null)
{
    /// <summary>Of runners that are managed now, as rates count them.</summary>
    public bool ManagedOnly { get; init; }

    /// <summary>Without jobs that are known to be retries.</summary>
    public bool FirstAttempts { get; init; }
}

/// <summary>A part of a list of finished jobs.</summary>
/// <param name="Next">Where to go on; null at the end.</param>
/// <param name="LookedBackTo">Set when the page is not full although there may be more: earlier jobs were not looked at yet.</param>
public sealed record FinishedPage(IReadOnlyList<JobRow> Rows, JobMark? Next, DateTimeOffset? LookedBackTo);

/// <summary>The last job of a page: what follows finished before, or at the same time with a lower number.</summary>
public sealed record JobMark(DateTimeOffset FinishedAt, long Number);

public sealed record JobRow(
    JobId Id,
    ProjectId Project,
    string? ProjectPath,
    JobStatus Status,
    string Name,
    string? Stage,
    string? Ref,
    bool? Protected,
    string? PipelineSource,
    TagSet? Tags,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? QueuedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    long? Runner,
    Executor Executor,
    FailureKind Kind,
    string? FailureReason);

public sealed record HourCount(DateTimeOffset Hour, long Finished, long Failed);

public sealed record LastRun(long Job, DateTimeOffset StartedAt, Executor Executor, long? Runner);

/// <param name="JobsPerDay">Per day that the portal has watched, as in <see cref="JobClass"/>.</param>
/// <param name="Refs">Distinct refs whose jobs asked for it.</param>
public sealed record TagUse(string Tag, long Jobs, double JobsPerDay, long Projects, long Refs, IReadOnlyList<string> Sources);
