using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.TwinRuns;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>One chosen job on docker and on Kubernetes, side by side; begun and stopped in the caller's own name at GitLab.</summary>
internal static class TwinEndpoints
{
    private const int LongestJob = 255;
    private const int MostShown = 50;

    public static void MapTwins(this IEndpointRouteBuilder api)
    {
        var twins = api.MapGroup("/projects/{id:long}/twin-runs").WithTags("Projects");
        twins.MapGet("", ListAsync).RequireScope(TokenScope.SelfService, TokenScope.Read).WithSummary("The project's twin runs, newest first, at most 50; somebody else's project is not found");
        twins.MapPost("", StartAsync).RequireScope(TokenScope.SelfService, TokenScope.Operate).WithSummary("Runs one job of the default branch's head once on docker and once on Kubernetes")
            .WithDescription("On a branch of its own, which is deleted when both have ended. Asked again while the same job runs, it answers that run. With `dryRun=true` it answers 200 with what would run, and nothing is made.");
        twins.MapGet("/{number:long}", GetAsync).RequireScope(TokenScope.SelfService, TokenScope.Read).WithSummary("One twin run with what became of both copies");
        twins.MapDelete("/{number:long}", StopAsync).RequireScope(TokenScope.SelfService, TokenScope.Operate).WithSummary("Stops it and deletes the branch that it made; of one that has ended, what it left");
    }

    private static async Task<Results<Ok<PageOf<TwinRunView>>, ProblemHttpResult>> ListAsync(long id, ClaimsPrincipal caller, ProjectDoor door, ReadTwins read, string? instance, CancellationToken cancel)
    {
        var (project, no) = await door.OpenAsync(caller, id, instance, TokenScope.Read, cancel);
        return no is not null ? no : TypedResults.Ok(new PageOf<TwinRunView>([.. (await read.RunAsync(project!.Id, MostShown, cancel)).Select(TwinRunView.Of)], null));
    }

    private static async Task<Results<Ok<TwinRunView>, ProblemHttpResult>> GetAsync(long id, long number, ClaimsPrincipal caller, ProjectDoor door, ReadTwins read, string? instance, CancellationToken cancel)
    {
        var (project, no) = await door.OpenAsync(caller, id, instance, TokenScope.Read, cancel);
        if (no is not null) return no;
        return await read.FindAsync(project!.Id, number, cancel) is { } seen ? TypedResults.Ok(TwinRunView.Of(seen)) : Problems.NotFound($"twin run {number} of project {id}");
    }

    private static async Task<Results<Accepted<TwinRunView>, Ok<TwinPlanView>, ProblemHttpResult>> StartAsync(
        long id, TwinBody body, ClaimsPrincipal caller, ProjectDoor door, ActingSessions acting, PreviewTwin preview, StartTwin start, string? instance, bool? dryRun, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var job = errors.Text("job", body.Job, LongestJob);
        if (errors.Any) return errors.ToProblem();
        var (project, token, no) = await EnterAsync(id, caller, door, acting, instance, cancel);
        if (no is not null) return no;
        if (dryRun is true) return (await preview.RunAsync(project!.Id, job, token!, cancel)).Match<Results<Accepted<TwinRunView>, Ok<TwinPlanView>, ProblemHttpResult>>(plan => TypedResults.Ok(TwinPlanView.Of(plan)), refused => Problems.Of(refused));
        return (await start.RunAsync(project!.Id, job, token!, caller.Actor(), cancel)).Match<Results<Accepted<TwinRunView>, Ok<TwinPlanView>, ProblemHttpResult>>(
            run => TypedResults.Accepted($"/api/v1/projects/{id}/twin-runs/{run.Id}", TwinRunView.Of(run)), refused => Problems.Of(refused));
    }

    private static async Task<Results<Ok<TwinRunView>, ProblemHttpResult>> StopAsync(long id, long number, ClaimsPrincipal caller, ProjectDoor door, ActingSessions acting, StopTwin stop, string? instance, CancellationToken cancel)
    {
        var (project, token, no) = await EnterAsync(id, caller, door, acting, instance, cancel);
        if (no is not null) return no;
        return (await stop.RunAsync(project!.Id, number, token!, caller.Actor(), cancel)).Match<Results<Ok<TwinRunView>, ProblemHttpResult>>(run => TypedResults.Ok(TwinRunView.Of(run)), refused => Problems.Of(refused));
    }

    /// <summary>The caller's own project, and their word that the portal may act for them.</summary>
    private static async Task<(ObservedProject? Project, PersonToken? Token, ProblemHttpResult? No)> EnterAsync(long id, ClaimsPrincipal caller, ProjectDoor door, ActingSessions acting, string? instance, CancellationToken cancel)
    {
        var (project, no) = await door.OpenAsync(caller, id, instance, TokenScope.Operate, cancel);
        if (no is not null) return (null, null, no);
        return await acting.TokenAsync(caller, cancel) is { } token ? (project, token, null) : (null, null, OwnNameAnswers.ConsentNeeded("A job runs in its maintainer's own name", "/my-projects"));
    }
}
