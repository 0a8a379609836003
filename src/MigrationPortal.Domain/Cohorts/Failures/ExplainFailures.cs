using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Failures;

/// <summary>"The runner or my code?" for a project's failed jobs. Whose project it is, is the caller's to check.</summary>
public sealed class ExplainFailures(IJobReader jobs, IJobLogs logs, IVerdictStore verdicts, IJobHistory history, IPortalEvents events, IWorldClock clock)
{
    /// <summary>Jobs that are shown.</summary>
    public const int Most = 10;

    /// <summary>How far back failures are shown.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromDays(7);

    /// <summary>How long lines of a log are kept.</summary>
    public static readonly TimeSpan ExcerptKept = TimeSpan.FromDays(14);

    /// <summary>Those on Kubernetes first, for it is new; then docker's; each newest first.</summary>
    public async Task<IReadOnlyList<FailedJob>> LatelyAsync(ProjectId project, CancellationToken cancel)
    {
        var now = clock.Now(project.Instance);
        var filter = new JobFilter(project.Instance, new TimeWindow(now - Lately, now), project, Status: JobStatus.Failed);
        var failed = new List<JobRow>();
        foreach (var family in (ExecutorFamily[])[ExecutorFamily.Kubernetes, ExecutorFamily.Docker])
            if (failed.Count < Most) failed.AddRange((await jobs.FinishedAsync(filter with { Executor = family }, Most - failed.Count, null, cancel)).Rows);
        return await ToldAsync(project, failed, cancel);
    }

    /// <summary>What is known of one failed job; nothing is read at GitLab.</summary>
    /// <returns>Null when it is not a failed job of the project, or no longer kept.</returns>
    public async Task<FailedJob?> FindAsync(ProjectId project, long job, CancellationToken cancel) =>
        await RowAsync(project, job, cancel) is { Status: JobStatus.Failed } found ? (await ToldAsync(project, [found], cancel))[0] : null;

    /// <summary>Reads the job's log, unless that was done before.</summary>
    /// <param name="caller">Whoever asks, or the portal for them.</param>
    /// <returns>Refuses <c>unknown-job</c>, <c>not-failed</c>, and what <see cref="IJobLogs.ReadAsync"/> refuses.</returns>
    /// <exception cref="Instances.GitLabUnavailableException">GitLab did not answer; nothing is stored.</exception>
    public async Task<Outcome<FailedJob>> RunAsync(GitLabCaller caller, ProjectId project, long job, CancellationToken cancel)
    {
        if (await RowAsync(project, job, cancel) is not { } found) return Refusal.Of("unknown-job", $"The portal knows no job {job} of this project.");
        if (found.Status != JobStatus.Failed) return Refusal.Of("not-failed", $"Job {job} did not fail: there is nothing to explain.");
        if (!(await verdicts.FindAsync(project.Instance, [job], cancel)).ContainsKey(job))
        {
            if (!(await JudgeAsync(caller, found.Id, project, found.FailureReason, cancel)).TryGet(out _, out var no)) return no;
            await events.PublishAsync(new PortalEvent(PortalTopic.Readiness, project.Instance, null), cancel);
        }

        return (await ToldAsync(project, [found], cancel))[0];
    }

    /// <summary>Reads the log and keeps what it says.</summary>
    /// <param name="reason">GitLab's own word; null when it is not known.</param>
    /// <returns>Refuses what <see cref="IJobLogs.ReadAsync"/> refuses.</returns>
    public async Task<Outcome<JobVerdict>> JudgeAsync(GitLabCaller caller, JobId job, ProjectId project, string? reason, CancellationToken cancel)
    {
        if (!(await logs.ReadAsync(caller, job, project, cancel)).TryGet(out var log, out var no)) return no;
        return await KeepAsync(log, job, project, reason, cancel);
    }

    /// <summary>What GitLab's reason alone says, where the log will never be read.</summary>
    public Task<JobVerdict> WithoutLogAsync(JobId job, ProjectId project, string? reason, LogState state, CancellationToken cancel) => KeepAsync(JobLog.Without(state), job, project, reason, cancel);

    private Task<JobVerdict> KeepAsync(JobLog log, JobId job, ProjectId project, string? reason, CancellationToken cancel)
    {
        var now = clock.Now(project.Instance);
        return verdicts.SaveAsync(new JobVerdict(job, project, log.State, reason, FailureClassifier.Classify(log.Tail, reason), now), now + ExcerptKept, cancel);
    }

    // By its number alone, which is a key: a project's jobs are no index.
    private async Task<JobRow?> RowAsync(ProjectId project, long job, CancellationToken cancel) =>
        await jobs.FindAsync(new JobFilter(project.Instance), 1, job + 1, cancel) is [var found] && found.Id.Number == job && found.Project == project ? found : null;

    private async Task<IReadOnlyList<FailedJob>> ToldAsync(ProjectId project, IReadOnlyList<JobRow> failed, CancellationToken cancel)
    {
        var known = await verdicts.FindAsync(project.Instance, [.. failed.Select(job => job.Id.Number)], cancel);
        var judged = failed.Where(job => known.ContainsKey(job.Id.Number)).Select(job => job.Name).Distinct(StringComparer.Ordinal).ToList();
        var past = judged.Count == 0 ? new Dictionary<string, JobHistory>() : await history.OfAsync(project, judged, cancel);
        return [.. failed.Select(job => FailedJob.Of(job, known.GetValueOrDefault(job.Id.Number), past.GetValueOrDefault(job.Name)))];
    }
}

/// <param name="Found">Null: nobody has looked at it yet.</param>
/// <param name="Blame">By the log, sharpened by how the job of that name ended before.</param>
/// <param name="History">The sentence of that; null when the past says nothing.</param>
public sealed record FailedJob(JobRow Job, JobVerdict? Found, FailureBlame Blame, string? History)
{
    public static FailedJob Of(JobRow job, JobVerdict? found, JobHistory? past)
    {
        if (found is null) return new FailedJob(job, null, FailureBlame.Unknown, null);
        var (docker, kubernetes) = past ?? JobHistory.None;
        // What docker says of Kubernetes, says nothing of a job on docker.
        if (job.Executor.Family != ExecutorFamily.Kubernetes) return new FailedJob(job, found, found.Verdict.Blame, null);
        var (blame, why) = FailureBlameByHistory.Of(found.Verdict, docker, kubernetes);
        return new FailedJob(job, found, blame, why);
    }
}
