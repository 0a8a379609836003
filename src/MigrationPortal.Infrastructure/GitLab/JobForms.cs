using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>From the three forms of a job to an observation; what a form does not carry stays null.</summary>
internal static class JobForms
{
    public static JobObservation? From(InstanceId instance, JobNode node) =>
        GlobalId.Number(node.Id) is { } number && GlobalId.Number(node.Project?.Id) is { } project
            ? new JobObservation(
                new JobId(instance, number), new ProjectId(instance, project), GitLabWords.Status(node.Status), JobSource.GraphQl,
                node.Name ?? "", node.Stage?.Name, node.RefName, null, node.Source, GlobalId.Number(node.Pipeline?.Id),
                node.Tags is null ? null : TagSet.Of(node.Tags),
                node.CreatedAt, node.QueuedAt, node.StartedAt, node.FinishedAt,
                GlobalId.Number(node.Runner?.Id), node.RunnerManager?.SystemId,
                string.IsNullOrEmpty(node.RunnerManager?.ExecutorName) ? null : GitLabWords.Executor(node.RunnerManager.ExecutorName),
                null, node.Retried, node.AllowFailure)
            : null;

    public static JobObservation? From(RunnerId runner, RunnerJobDto job) =>
        job.Project is null
            ? null
            : new JobObservation(
                new JobId(runner.Instance, job.Id), new ProjectId(runner.Instance, job.Project.Id), GitLabWords.Status(job.Status), JobSource.RunnerJobs,
                job.Name ?? "", job.Stage, job.Ref, null, job.Pipeline?.Source, job.Pipeline?.Id, null,
                job.CreatedAt, Queued(job.StartedAt, job.QueuedDuration), job.StartedAt, job.FinishedAt,
                runner.Number, null, null, Reason(job.Status, job.FailureReason), null, job.AllowFailure);

    public static JobObservation From(ProjectId project, JobDto job) => new(
        new JobId(project.Instance, job.Id), project, GitLabWords.Status(job.Status), JobSource.ProjectJobs,
        job.Name ?? "", job.Stage, job.Ref, null, job.Pipeline?.Source, job.Pipeline?.Id,
        job.TagList is null ? null : TagSet.Of(job.TagList),
        job.CreatedAt, Queued(job.StartedAt, job.QueuedDuration), job.StartedAt, job.FinishedAt,
        job.Runner?.Id, job.RunnerManager?.SystemId, null, Reason(job.Status, job.FailureReason), null, job.AllowFailure);

    // REST has no queued_at; before the start the duration still grows and says nothing exact.
    private static DateTimeOffset? Queued(DateTimeOffset? startedAt, double? seconds) =>
        startedAt is { } start && seconds is { } length ? start - TimeSpan.FromSeconds(length) : null;

    private static string? Reason(string status, string? reason) => status == "failed" ? reason : null;
}
