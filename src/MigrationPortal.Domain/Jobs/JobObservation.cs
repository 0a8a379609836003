using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Jobs;

/// <summary>
/// One job as one source showed it at one time. Fields that a source does not carry are null; observations of the
/// same job are merged by status rank, never by arrival.
/// </summary>
/// <param name="Tags">The job's own tags; null when the source has none (webhooks, runner jobs).</param>
/// <param name="Executor">The manager's executor, when the source knows it.</param>
/// <param name="FailureReason">GitLab's raw word; null when not failed or not known to the source.</param>
/// <param name="Retried">True when a later attempt of the same job exists.</param>
public sealed record JobObservation(
    JobId Id,
    ProjectId Project,
    JobStatus Status,
    JobSource Source,
    string Name,
    string? Stage,
    string? Ref,
    bool? Protected,
    string? PipelineSource,
    long? PipelineId,
    TagSet? Tags,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? QueuedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    long? RunnerNumber,
    string? SystemId,
    Executor? Executor,
    string? FailureReason,
    bool? Retried,
    bool? AllowFailure)
{
    /// <summary>GitLab knows the job no more, because its project or pipeline was deleted: nothing will run it. All else stays as it was seen.</summary>
    public static JobObservation Gone(JobId id, ProjectId project) => new(
        id, project, JobStatus.Canceled, JobSource.Webhook, "", null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
}

/// <summary>Where an observation came from.</summary>
public enum JobSource
{
    GraphQl,
    RunnerJobs,
    ProjectJobs,
    Webhook,
}
