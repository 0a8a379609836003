using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Graduation;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>A project's place in the migration: moved, pinned and taken back by its maintainers.</summary>
internal static class EnrollmentEndpoints
{
    private const int LongestReason = 500;

    public static void MapEnrollment(this IEndpointRouteBuilder api)
    {
        var enrollment = api.MapGroup("/projects/{id:long}/enrollment").WithTags("Projects");
        enrollment.MapGet("", GetAsync).RequireScope(TokenScope.SelfService, TokenScope.Read).WithSummary("Where the project is, what a move would do job by job, and by which ways");
        enrollment.MapPut("", PutAsync).RequireScope(TokenScope.SelfService, TokenScope.Operate).WithSummary("Moves the project to Kubernetes, pins it to docker, or takes out what the portal put in; in the caller's own name at GitLab");
        enrollment.MapDelete("", DeleteAsync).RequireScope(TokenScope.SelfService, TokenScope.Operate).WithSummary("Takes out what the portal put in: exactly what stood before stands again");
        enrollment.MapPost("/answer", AnswerAsync).RequireScope(TokenScope.SelfService, TokenScope.Operate).WithSummary("Says yes or no to an invitation");
    }

    private static async Task<Results<Ok<EnrollmentView>, ProblemHttpResult>> GetAsync(long id, ClaimsPrincipal caller, ProjectDoor door, EnrollmentReading reading, string? instance, CancellationToken cancel)
    {
        var (project, no) = await door.OpenAsync(caller, id, instance, TokenScope.Read, cancel);
        return no is not null ? no : TypedResults.Ok(await reading.OfAsync(project!.Id, cancel));
    }

    private static async Task<Results<Ok<EnrollmentView>, ProblemHttpResult>> PutAsync(
        long id, EnrollmentBody body, ClaimsPrincipal caller, ProjectDoor door, ActingSessions acting, MoveProject move, ReturnProject back, GraduateProject graduate, IEnrollmentStore enrollments, ICohortFacts facts, EnrollmentReading reading, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var target = body.Target switch { "kubernetes" => EnrollmentTarget.Kubernetes, "docker" => EnrollmentTarget.Docker, "default" => EnrollmentTarget.Default, _ => (EnrollmentTarget?)null };
        var way = body.By switch { "merge-request" => EnrollmentWay.MergeRequest, "variable" => EnrollmentWay.Variable, "project-runner" => EnrollmentWay.ProjectRunner, _ => (EnrollmentWay?)null };
        if (target is null) errors.Add("target", "Needed: kubernetes, docker or default.");
        if (way is null && target is not (null or EnrollmentTarget.Default)) errors.Add("by", "Needed: merge-request, variable or project-runner. GET tells which are offered.");
        if (body.Reason?.Length > LongestReason) errors.Add("reason", $"At most {LongestReason} characters.");
        if (body.Until is not null && target != EnrollmentTarget.Docker) errors.Add("until", "Only staying on docker has an end.");
        if (errors.Any) return errors.ToProblem();
        var (project, token, no) = await EnterAsync(id, caller, door, acting, instance, cancel);
        if (no is not null) return no;
        // Once untagged jobs run on Kubernetes anyway, without the opt-in they stay there.
        var stays = target == EnrollmentTarget.Default && await enrollments.ActiveAsync(project!.Id, cancel) is { Target: EnrollmentTarget.Kubernetes } && GraduateProject.CanBegin(await facts.ReadAsync(project.Id.Instance, cancel));
        var refusal = stays ? await RefusedAsync(graduate.RunAsync(project!.Id, body.Reason, token!, caller.Actor(), cancel))
            : target == EnrollmentTarget.Default ? await RefusedAsync(back.RunAsync(project!.Id, body.Reason, token!, caller.Actor(), cancel))
            : await RefusedAsync(move.RunAsync(new MoveWish(project!.Id, target!.Value, way!.Value, body.Until, body.Reason), token!, caller.Actor(), cancel));
        return refusal is not null ? Problems.Of(refusal) : TypedResults.Ok(await reading.OfAsync(project.Id, cancel));
    }

    private static async Task<Results<Ok<EnrollmentView>, ProblemHttpResult>> DeleteAsync(
        long id, ClaimsPrincipal caller, ProjectDoor door, ActingSessions acting, ReturnProject back, EnrollmentReading reading, string? reason, string? instance, CancellationToken cancel)
    {
        var (project, token, no) = await EnterAsync(id, caller, door, acting, instance, cancel);
        if (no is not null) return no;
        var refusal = await RefusedAsync(back.RunAsync(project!.Id, reason, token!, caller.Actor(), cancel));
        return refusal is not null ? Problems.Of(refusal) : TypedResults.Ok(await reading.OfAsync(project.Id, cancel));
    }

    private static async Task<Results<Ok<EnrollmentView>, ProblemHttpResult>> AnswerAsync(
        long id, AnswerBody body, ClaimsPrincipal caller, ProjectDoor door, AnswerInvitation answer, EnrollmentReading reading, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        if (body.Accepts is null) errors.Add("accepts", "Needed: true or false.");
        if (body.Reason?.Length > LongestReason) errors.Add("reason", $"At most {LongestReason} characters.");
        if (errors.Any) return errors.ToProblem();
        var (project, no) = await door.OpenAsync(caller, id, instance, TokenScope.Operate, cancel);
        if (no is not null) return no;
        var refusal = await RefusedAsync(answer.RunAsync(project!.Id, body.Accepts!.Value, body.Reason, caller.Actor(), cancel));
        return refusal is not null ? Problems.Of(refusal) : TypedResults.Ok(await reading.OfAsync(project.Id, cancel));
    }

    /// <summary>The caller's own project, and their word that the portal may act for them.</summary>
    private static async Task<(ObservedProject? Project, PersonToken? Token, ProblemHttpResult? No)> EnterAsync(long id, ClaimsPrincipal caller, ProjectDoor door, ActingSessions acting, string? instance, CancellationToken cancel)
    {
        var (project, no) = await door.OpenAsync(caller, id, instance, TokenScope.Operate, cancel);
        if (no is not null) return (null, null, no);
        return await acting.TokenAsync(caller, cancel) is { } token ? (project, token, null) : (null, null, ConsentNeeded());
    }

    private static ProblemHttpResult ConsentNeeded() => OwnNameAnswers.ConsentNeeded("A project is changed in its maintainer's own name", "/my-projects");

    private static async Task<Refusal?> RefusedAsync<T>(Task<Outcome<T>> work) => await work is Outcome<T>.Refused { Refusal: var no } ? no : null;
}
