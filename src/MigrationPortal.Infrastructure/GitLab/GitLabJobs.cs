using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>
/// The instance's jobs, newest first, 100 a page: GraphQL for everything but the raw failure reason, REST for that
/// and for single jobs (gitlab-api.md 3, 4 and 11).
/// </summary>
internal sealed class GitLabJobs(GitLabClients clients)
{
    public static readonly IReadOnlyList<string> Moving = ["WAITING_FOR_RESOURCE", "PREPARING", "WAITING_FOR_CALLBACK", "PENDING", "RUNNING", "CANCELING"];

    /// <summary>Waiting for an earlier stage, a time or a person, some of them for ever.</summary>
    public static readonly IReadOnlyList<string> Resting = ["CREATED", "SCHEDULED", "MANUAL"];

    public static readonly IReadOnlyList<string> Finished = ["SUCCESS", "FAILED", "CANCELED", "SKIPPED"];

    private const string Query = """
        query($statuses:[CiJobStatus!], $after:String){ jobs(statuses:$statuses, first:100, after:$after){ pageInfo{hasNextPage endCursor} nodes{
          id name status tags refName allowFailure retried createdAt queuedAt startedAt finishedAt source
          runner{id} runnerManager{systemId executorName} project{id} pipeline{id} stage{name} } } }
        """;

    /// <summary>One page of all jobs with these statuses; <paramref name="after"/> null begins with the newest.</summary>
    public async Task<JobPage> PageAsync(InstanceId instance, IReadOnlyList<string> statuses, string? after, string purpose, CancellationToken cancel)
    {
        var query = new GraphQlQuery(Query, new GraphQlVariables(after, statuses));
        var response = await clients.For(instance, GitLabChannel.Monitoring).JobsAsync(query, purpose, cancel);
        var jobs = response.Data(instance).Jobs ?? throw new GitLabUnavailableException(instance, "shows no jobs: the read token needs an administrator's read_api");
        var observed = (jobs.Nodes ?? []).OfType<JobNode>().Select(node => JobForms.From(instance, node)).OfType<JobObservation>().ToList();
        return new JobPage(observed, jobs.PageInfo is { HasNextPage: true } page ? page.EndCursor : null);
    }

    /// <summary>Failed jobs of a runner, newest first, with their raw reasons; <paramref name="page"/> null begins with the newest.</summary>
    public async Task<RunnerJobPage> FailedOfRunnerAsync(RunnerId runner, IDictionary<string, string>? page, CancellationToken cancel)
    {
        var api = clients.For(runner.Instance, GitLabChannel.Monitoring);
        var response = await api.RunnerJobsAsync(runner.Number, page ?? Paging.Keyset("desc", ("status", "failed")), Purposes.Reasons, cancel);
        // A runner that was deleted meanwhile: its jobs are asked for one by one.
        if (response.OrMissing(runner.Instance) is not { } jobs) return new RunnerJobPage([], null);
        return new RunnerJobPage([.. jobs.Select(job => JobForms.From(runner, job)).OfType<JobObservation>()], Paging.Next(response));
    }

    /// <returns>Null when GitLab no longer shows the job.</returns>
    public async Task<JobObservation?> OneAsync(ProjectId project, long job, string purpose, CancellationToken cancel)
    {
        var response = await clients.For(project.Instance, GitLabChannel.Monitoring).JobAsync(project.Number, job, purpose, cancel);
        return response.OrMissing(project.Instance) is { } dto ? JobForms.From(project, dto) : null;
    }
}

/// <param name="Next">Cursor of the next, older page; null at the end.</param>
internal sealed record JobPage(IReadOnlyList<JobObservation> Jobs, string? Next)
{
    public long Lowest => Jobs.Count == 0 ? long.MaxValue : Jobs.Min(job => job.Id.Number);

    public long Highest => Jobs.Count == 0 ? 0 : Jobs.Max(job => job.Id.Number);
}

/// <param name="Next">Parameters of the next, older page; null at the end.</param>
internal sealed record RunnerJobPage(IReadOnlyList<JobObservation> Jobs, IDictionary<string, string>? Next);
