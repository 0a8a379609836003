using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>Pipelines of single branches. Refusals carry a <see cref="DeskCode"/>.</summary>
/// <exception cref="Instances.GitLabUnavailableException">Of every call: GitLab did not answer. What was asked for may have happened nevertheless.</exception>
public interface IPipelineDesk
{
    /// <summary>Those of a branch, newest first, at most 100.</summary>
    Task<Outcome<IReadOnlyList<SeenPipeline>>> OfBranchAsync(GitLabCaller caller, ProjectId project, string branch, CancellationToken cancel);

    /// <summary>Its jobs with all attempts: a job that was retried is there once for each, the first with the lowest number.</summary>
    Task<Outcome<IReadOnlyList<PipelineJob>>> JobsAsync(GitLabCaller caller, ProjectId project, long pipeline, CancellationToken cancel);

    /// <summary>Ends all that has not ended; one that has ended already stays so.</summary>
    Task<Outcome<SeenPipeline>> CancelAsync(PersonToken person, ProjectId project, long pipeline, CancellationToken cancel);
}

/// <param name="Commit">Its full id.</param>
/// <param name="HasEnded">None of its jobs goes on by itself.</param>
public sealed record SeenPipeline(long Number, string Commit, bool HasEnded, string WebUrl);

/// <param name="SystemId">Of the manager that took it; null until one has.</param>
public sealed record PipelineJob(long Number, string Name, JobStatus Status, string? FailureReason, long? Runner, string? SystemId, double? QueuedSeconds, double? RanSeconds, string WebUrl);
