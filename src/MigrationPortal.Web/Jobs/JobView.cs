using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Web.Jobs;

/// <param name="Tags">Null where they are not known, which is not the same as none.</param>
/// <param name="FailureKind">Null for jobs that did not fail.</param>
/// <param name="QueuedSeconds">From queued to started.</param>
/// <param name="RanSeconds">From started to finished.</param>
/// <param name="Url">In GitLab; null while the project's path is not known.</param>
public sealed record JobView(
    long Id, long ProjectId, string? ProjectPath, string Name, string? Stage, string? Ref, string? PipelineSource, IReadOnlyList<string>? Tags, string Executor, long? RunnerId,
    JobStatus Status, FailureKind? FailureKind, string? FailureReason, DateTimeOffset? QueuedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt,
    double? QueuedSeconds, double? RanSeconds, string? Url)
{
    internal static JobView Of(JobRow job, string gitLabUrl) => new(
        job.Id.Number, job.Project.Number, job.ProjectPath, job.Name, job.Stage, job.Ref, job.PipelineSource, job.Tags is { } tags ? [.. tags] : null, job.Executor.Name, job.Runner,
        job.Status, job.Kind == Domain.Jobs.FailureKind.None ? null : job.Kind, job.FailureReason, job.QueuedAt, job.StartedAt, job.FinishedAt,
        (job.StartedAt - job.QueuedAt)?.TotalSeconds, (job.FinishedAt - job.StartedAt)?.TotalSeconds, GitLabJob.Href(gitLabUrl, job));
}

/// <summary>Where a job is in GitLab.</summary>
internal static class GitLabJob
{
    public static string? Href(string gitLabUrl, JobRow job) => job.ProjectPath is { } path ? $"{gitLabUrl}/{path}/-/jobs/{job.Id.Number}" : null;
}
