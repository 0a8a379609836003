using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Plans;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>Configurations into clusters: previews, applications with their steps, the way back, and where clusters differ since.</summary>
internal static class ApplyEndpoints
{
    public static void MapApply(this IEndpointRouteBuilder api)
    {
        api.MapPost("/runner-configs/{id:long}/apply", ApplyAsync).RequireScope(TokenScope.Operate).WithTags("Clusters").WithSummary("Brings a revision into a cluster, step by step, until it is seen running")
            .WithDescription("With `dryRun` it answers 200 with what would happen, asked of the cluster itself, and a `fingerprint`; applying needs that fingerprint and is refused as `cluster-changed` when it is stale. Otherwise 202 with an application to poll.");
        var applications = api.MapGroup("/clusters/{id:long}/applications").WithTags("Clusters");
        applications.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("What was applied to the cluster, newest first");
        applications.MapGet("/{number:long}", GetAsync).RequireScope(TokenScope.Read).WithSummary("One application with its steps");
        applications.MapPost("/{number:long}/rollback", RollBackAsync).RequireScope(TokenScope.Operate).WithSummary("Returns to the last good revision at once; what the application made and that one does not have is removed");
        api.MapGet("/clusters/{id:long}/drift", DriftAsync).RequireScope(TokenScope.Read).WithTags("Clusters").WithSummary("Where the cluster differs from what was applied, field by field, as last looked at");
        api.MapPost("/clusters/{id:long}/drift", LookAsync).RequireScope(TokenScope.Operate).WithTags("Clusters").WithSummary("Looks now, with two requests for each object, and answers as GET does");
    }

    private static async Task<Results<Accepted<ApplicationView>, Ok<ApplyPreviewView>, ProblemHttpResult>> ApplyAsync(
        long id, ApplyBody body, ClaimsPrincipal caller, PreviewApply preview, ApplyRevision apply, IRegistrationStore registrations, HttpContext http, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var known = body is { Runner: null, Cluster: { } cluster } ? (await registrations.DoneAsync(cluster, id, cancel))?.Runner : null;
        var wish = body.Wish(id, known, errors);
        if (errors.Any) return errors.ToProblem();
        if (OverrideRight.Lacking(caller, body.OverrideUnverified is null ? null : [ProductionGuard.Override]) is { } lacking) return lacking;
        if (body.DryRun is true)
            return (await preview.RunAsync(wish.Cluster, id, wish.Revision, wish.Extras, cancel)).Match<Results<Accepted<ApplicationView>, Ok<ApplyPreviewView>, ProblemHttpResult>>(seen => TypedResults.Ok(ApplyPreviewView.Of(seen)), no => Problems.Of(no));
        if (!(await apply.RunAsync(wish, caller.Actor(), cancel)).TryGet(out var begun, out var refused)) return Problems.Of(refused);
        http.Response.Headers.RetryAfter = "3";
        return TypedResults.Accepted(AddressOf(begun), ApplicationView.Of(begun));
    }

    private static async Task<Results<Ok<PageOf<ApplicationView>>, ProblemHttpResult>> ListAsync(long id, IClusterStore clusters, IApplicationStore applications, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        if (await clusters.FindAsync(id, cancel) is null) return Problems.NotFound($"cluster {id}");
        return TypedResults.Ok(paging.Page(await applications.ListAsync(id, null, paging.Limit + 1, paging.AfterNumber, cancel), ApplicationView.Of, one => one.Id.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Ok<ApplicationView>, ProblemHttpResult>> GetAsync(long id, long number, IApplicationStore applications, HttpContext http, CancellationToken cancel)
    {
        if (await applications.FindAsync(id, number, cancel) is not { } found) return Problems.NotFound($"application {number} of cluster {id}");
        if (found.IsActive) http.Response.Headers.RetryAfter = "3";
        return TypedResults.Ok(ApplicationView.Of(found));
    }

    private static async Task<Results<Accepted<ApplicationView>, ProblemHttpResult>> RollBackAsync(long id, long number, ReasonOnlyBody body, ClaimsPrincipal caller, RollBackApplication back, CancellationToken cancel) =>
        (await back.RunAsync(id, number, caller.Actor(), body.Reason, cancel)).Match<Results<Accepted<ApplicationView>, ProblemHttpResult>>(begun => TypedResults.Accepted(AddressOf(begun), ApplicationView.Of(begun)), no => Problems.Of(no));

    private static async Task<Results<Ok<PageOf<DriftRecordView>>, ProblemHttpResult>> DriftAsync(long id, IClusterStore clusters, IDriftStore drifts, CancellationToken cancel)
    {
        if (await clusters.FindAsync(id, cancel) is null) return Problems.NotFound($"cluster {id}");
        return TypedResults.Ok(new PageOf<DriftRecordView>([.. (await drifts.ListAsync(id, null, cancel)).Select(DriftRecordView.Of)], null));
    }

    private static async Task<Results<Ok<PageOf<DriftRecordView>>, ProblemHttpResult>> LookAsync(long id, IClusterStore clusters, WatchClusterDrift watch, CancellationToken cancel) =>
        await clusters.FindAsync(id, cancel) is { } cluster ? TypedResults.Ok(new PageOf<DriftRecordView>([.. (await watch.NowAsync(cluster, cancel)).Select(DriftRecordView.Of)], null)) : Problems.NotFound($"cluster {id}");

    private static string AddressOf(Application one) => $"/api/v1/clusters/{one.Cluster}/applications/{one.Id}";
}
