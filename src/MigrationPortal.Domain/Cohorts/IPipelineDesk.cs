using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>Runs jobs, as a person. Refusals carry a <see cref="DeskCode"/>.</summary>
/// <exception cref="Instances.GitLabUnavailableException">Of every call: GitLab did not answer. The pipeline or job may have begun nevertheless.</exception>
public interface IPipelineDesk
{
    /// <param name="variables">Win over the project's; values are not for secrets, because pipelines show them.</param>
    /// <returns><see cref="DeskCode.Invalid"/> with GitLab's words when no pipeline comes of it, such as when no rule holds.</returns>
    Task<Outcome<StartedPipeline>> StartAsync(PersonToken person, ProjectId project, string reference, IReadOnlyDictionary<string, string> variables, CancellationToken cancel);

    /// <summary>A new job in the place of one that ended.</summary>
    Task<Outcome<StartedJob>> RetryAsync(PersonToken person, JobId job, ProjectId project, CancellationToken cancel);

    /// <summary>Starts a manual job.</summary>
    Task<Outcome<StartedJob>> PlayAsync(PersonToken person, JobId job, ProjectId project, CancellationToken cancel);
}

public sealed record StartedPipeline(long Id, string WebUrl);

/// <param name="Job">Of a retry: the new one.</param>
public sealed record StartedJob(JobId Job, string Name, string WebUrl);
