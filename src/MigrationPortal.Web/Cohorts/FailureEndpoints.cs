using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Jobs;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <param name="FailureReason">GitLab's own word; null until it is known.</param>
/// <param name="Url">In GitLab; null while the project's path is not known.</param>
/// <param name="Explained">Null until somebody asked why.</param>
public sealed record FailedJobView(long JobId, string Name, string? Ref, string Executor, DateTimeOffset? FinishedAt, string? FailureReason, string? Url, FailureExplanation? Explained)
{
    internal static FailedJobView Of(FailedJob failed, string gitLabUrl) => new(
        failed.Job.Id.Number, failed.Job.Name, failed.Job.Ref, failed.Job.Executor.Name, failed.Job.FinishedAt, failed.Job.FailureReason, GitLabJob.Href(gitLabUrl, failed.Job),
        failed.Found is not { Verdict: var verdict } found ? null
            : new FailureExplanation(verdict.Class, verdict.Rule, verdict.Explanation, verdict.Remedy, verdict.ExecutorRelated, failed.Blame, failed.History, found.Log, verdict.Excerpt, found.ReadAt));
}

/// <param name="Class">One of the classes of failures, or unknown.</param>
/// <param name="Blame">By the log, and by how jobs of this name ended on both executors in four weeks.</param>
/// <param name="History">What those counts say; null when they say nothing.</param>
/// <param name="Log">read, empty (erased or never written), missing or tooLong: then GitLab's reason alone was judged.</param>
/// <param name="Excerpt">The line that decided and up to three around it, without secrets; dropped after 14 days.</param>
public sealed record FailureExplanation(
    string Class, string? Rule, string Explanation, string Remedy, bool ExecutorRelated, FailureBlame Blame, string? History, LogState Log, IReadOnlyList<string> Excerpt, DateTimeOffset ReadAt);

/// <summary>"The runner or my code?" for a project's failed jobs.</summary>
internal static class FailureEndpoints
{
    public static void MapFailures(this IEndpointRouteBuilder api)
    {
        var failures = api.MapGroup("/projects/{id:long}/failures").WithTags("Readiness");
        failures.MapGet("", ListAsync).RequireScope(TokenScope.SelfService, TokenScope.Read)
            .WithSummary("The project's failed jobs of seven days, at most ten, those on Kubernetes first; somebody else's project is not found");
        failures.MapPost("/{job:long}/explain", ExplainAsync).RequireScope(TokenScope.SelfService, TokenScope.Operate)
            .WithSummary("Why a job failed, and whether it was the runner or the code: reads the end of its log once").WithDescription("Answers 429 with `retryAfterSeconds` when GitLab, or the portal's own budget for it, asks to wait.");
    }

    private static async Task<Results<Ok<PageOf<FailedJobView>>, ProblemHttpResult>> ListAsync(
        long id, ClaimsPrincipal caller, ProjectDoor door, ExplainFailures explain, InstanceDirectory instances, string? instance, CancellationToken cancel)
    {
        var (project, no) = await door.OpenAsync(caller, id, instance, TokenScope.Read, cancel);
        if (no is not null) return no;
        var url = instances.Find(project!.Id.Instance)!.Url;
        return TypedResults.Ok(new PageOf<FailedJobView>([.. (await explain.LatelyAsync(project.Id, cancel)).Select(one => FailedJobView.Of(one, url))], null));
    }

    private static async Task<Results<Ok<FailedJobView>, ProblemHttpResult>> ExplainAsync(
        long id, long job, ClaimsPrincipal caller, ProjectDoor door, FailureActs acts, InstanceDirectory instances, string? instance, CancellationToken cancel)
    {
        var (project, no) = await door.OpenAsync(caller, id, instance, TokenScope.Operate, cancel);
        if (no is not null) return no;
        return (await acts.ExplainAsync(caller, project!.Id, job, cancel)).TryGet(out var told, out var refused) ? TypedResults.Ok(FailedJobView.Of(told, instances.Find(project.Id.Instance)!.Url)) : Problems.Of(refused);
    }
}
