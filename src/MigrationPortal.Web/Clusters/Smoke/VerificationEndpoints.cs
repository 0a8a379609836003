using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters.Smoke;

/// <summary>Revisions of configurations tried on QA.</summary>
internal static class VerificationEndpoints
{
    public static void MapVerifications(this IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/runner-configs/{id:long}/verifications").WithTags("Runner configurations");
        all.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("The configuration's verifications, newest first");
        all.MapPost("", StartAsync).RequireScope(TokenScope.Operate).WithSummary("Tries a revision on QA: smoke jobs on a branch of their own, and a probe pipeline where one is named")
            .WithDescription("Answers 202 at once; look at the verification for what came of it. The revision counts as verified when every check passed.");
        all.MapGet("/{number:long}", GetAsync).RequireScope(TokenScope.Read).WithSummary("A verification, check by check: what was expected, what was seen, the remedy, and the job that told");
        all.MapPost("/{number:long}/cancel", CancelAsync).RequireScope(TokenScope.Operate).WithSummary("Stops it; its pipelines are ended and its branch is deleted. One that has ended stays as it is");
    }

    private static async Task<Results<Ok<PageOf<VerificationView>>, ProblemHttpResult>> ListAsync(long id, IConfigStore configs, IVerificationStore store, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        if (await configs.FindAsync(id, cancel) is null) return Problems.NotFound($"configuration {id}");
        return TypedResults.Ok(paging.Page(await store.OfAsync(id, paging.Limit + 1, paging.AfterNumber, cancel), VerificationView.Of, one => one.Id.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Accepted<VerificationView>, ProblemHttpResult>> StartAsync(long id, VerificationBody body, ClaimsPrincipal caller, IConfigStore configs, StartVerification start, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var wish = body.Over(id, errors);
        if (errors.Any) return errors.ToProblem();
        if (await configs.FindAsync(id, cancel) is null) return Problems.NotFound($"configuration {id}");
        return (await start.RunAsync(wish, caller.Actor(), cancel)).Match<Results<Accepted<VerificationView>, ProblemHttpResult>>(
            begun => TypedResults.Accepted($"/api/v1/runner-configs/{id}/verifications/{begun.Id}", VerificationView.Of(begun)), no => Problems.Of(no));
    }

    private static async Task<Results<Ok<VerificationView>, ProblemHttpResult>> GetAsync(long id, long number, IVerificationStore store, CancellationToken cancel) =>
        await store.FindAsync(id, number, cancel) is { } found ? TypedResults.Ok(VerificationView.Of(found)) : Problems.NotFound($"verification {number} of configuration {id}");

    private static async Task<Results<Ok<VerificationView>, ProblemHttpResult>> CancelAsync(long id, long number, CancelBody body, ClaimsPrincipal caller, CancelVerification stop, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var reason = errors.Note("reason", body.Reason, 500);
        if (errors.Any) return errors.ToProblem();
        return (await stop.RunAsync(id, number, caller.Actor(), reason, cancel)).Match<Results<Ok<VerificationView>, ProblemHttpResult>>(stopped => TypedResults.Ok(VerificationView.Of(stopped)), no => Problems.Of(no));
    }
}
