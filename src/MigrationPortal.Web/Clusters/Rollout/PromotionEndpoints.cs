using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Clusters.Promotion;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Plans;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters.Rollout;

/// <summary>Revisions of configurations on their way through production.</summary>
internal static class PromotionEndpoints
{
    public static void MapPromotions(this IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/runner-configs/{id:long}/promotions").WithTags("Runner configurations");
        all.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("The configuration's promotions, newest first");
        all.MapPost("", StartAsync).RequireScope(TokenScope.Operate).WithSummary("Brings a verified revision through production clusters, one at a time; a cluster that is not well goes back, and no further one begins")
            .WithDescription("Answers 202 at once; look at the promotion for how each cluster fares. What counts is what is observed in a cluster, whoever applied it. A revision that is not verified is refused as `unverified` without `overrideUnverified`.");
        all.MapGet("/{number:long}", GetAsync).RequireScope(TokenScope.Read).WithSummary("A promotion, cluster by cluster, with what was last seen there");
        all.MapPost("/{number:long}/stop", StopAsync).RequireScope(TokenScope.Operate).WithSummary("No further cluster begins; what runs stays. One that has ended stays as it is");
        all.MapPost("/{number:long}/roll-back", RollBackAsync).RequireScope(TokenScope.Operate).WithSummary("All clusters that it touched go back to what they ran before, at once");
    }

    private static async Task<Results<Ok<PageOf<PromotionView>>, ProblemHttpResult>> ListAsync(long id, IConfigStore configs, IPromotionStore store, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        if (await configs.FindAsync(id, cancel) is null) return Problems.NotFound($"configuration {id}");
        return TypedResults.Ok(paging.Page(await store.OfAsync(id, paging.Limit + 1, paging.AfterNumber, cancel), PromotionView.Of, one => one.Id.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Accepted<PromotionView>, ProblemHttpResult>> StartAsync(long id, PromotionBody body, ClaimsPrincipal caller, IConfigStore configs, StartPromotion start, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var wish = body.Over(id, errors);
        if (errors.Any) return errors.ToProblem();
        if (OverrideRight.Lacking(caller, wish.Override is null ? null : [ProductionGuard.Override]) is { } lacking) return lacking;
        if (await configs.FindAsync(id, cancel) is null) return Problems.NotFound($"configuration {id}");
        return Begun(id, await start.RunAsync(wish, caller.Actor(), cancel));
    }

    private static async Task<Results<Ok<PromotionView>, ProblemHttpResult>> GetAsync(long id, long number, IPromotionStore store, HttpContext http, CancellationToken cancel)
    {
        if (await store.FindAsync(id, number, cancel) is not { } found) return Problems.NotFound($"promotion {number} of configuration {id}");
        if (found.IsActive) http.Response.Headers.RetryAfter = "5";
        return TypedResults.Ok(PromotionView.Of(found));
    }

    private static async Task<Results<Ok<PromotionView>, ProblemHttpResult>> StopAsync(long id, long number, ReasonOnlyBody body, ClaimsPrincipal caller, StopPromotion stop, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var reason = errors.Note("reason", body.Reason, 500);
        if (errors.Any) return errors.ToProblem();
        return (await stop.RunAsync(id, number, caller.Actor(), reason, cancel)).Match<Results<Ok<PromotionView>, ProblemHttpResult>>(stopped => TypedResults.Ok(PromotionView.Of(stopped)), no => Problems.Of(no));
    }

    private static async Task<Results<Accepted<PromotionView>, ProblemHttpResult>> RollBackAsync(long id, long number, ReasonOnlyBody body, ClaimsPrincipal caller, StopPromotion stop, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var reason = errors.Note("reason", body.Reason, 500);
        if (errors.Any) return errors.ToProblem();
        return Begun(id, await stop.RollBackAsync(id, number, caller.Actor(), reason, cancel));
    }

    private static Results<Accepted<PromotionView>, ProblemHttpResult> Begun(long id, Outcome<Promotion> outcome) =>
        outcome.Match<Results<Accepted<PromotionView>, ProblemHttpResult>>(begun => TypedResults.Accepted($"/api/v1/runner-configs/{id}/promotions/{begun.Id}", PromotionView.Of(begun)), no => Problems.Of(no));
}
