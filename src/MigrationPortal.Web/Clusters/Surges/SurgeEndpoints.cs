using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters.Surges;

/// <summary>QA's runners, lent to production for a limited time.</summary>
internal static class SurgeEndpoints
{
    private const int MostSamples = 500;

    public static void MapSurges(this IEndpointRouteBuilder api)
    {
        var surges = api.MapGroup("/surges").WithTags("Clusters");
        surges.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("Surges, newest first");
        surges.MapGet("/{id:long}", GetAsync).RequireScope(TokenScope.Read).WithSummary("A surge with its runners, and the queue before and since");
        surges.MapPost("/preview", PreviewAsync).RequireScope(TokenScope.Admin).WithSummary("What a surge would do, tried by a dry run, with the name of everything of production that becomes reachable in QA's clusters. Nothing is written");
        surges.MapPost("", StartAsync).RequireScope(TokenScope.Admin).WithSummary("Lends QA's runners to production until a time, and brings everything back by itself")
            .WithDescription("Needs the preview's fingerprint, which confirms what becomes reachable, and confirmRemoval. 202 with a surge to poll. 409 reach-changed carries the new preview when the list has changed since.");
        surges.MapPost("/{id:long}/end", EndAsync).RequireScope(TokenScope.Operate).WithSummary("Ends it now: pause, drain, remove, QA as it was. One that is ending already stays as it is");
    }

    private static async Task<Results<Ok<PageOf<SurgeView>>, ProblemHttpResult>> ListAsync(ISurgeStore surges, InstanceDirectory instances, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var paging = Paging.Read(limit, cursor, errors);
        return errors.Any ? errors.ToProblem()
            : TypedResults.Ok(paging.Page(await surges.ListAsync(instances.Production.Id, paging.Limit + 1, paging.AfterNumber, cancel), SurgeView.Of, one => one.Id.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Ok<SurgeDetailView>, ProblemHttpResult>> GetAsync(long id, ISurgeStore surges, CancellationToken cancel) =>
        await surges.FindAsync(id, cancel) is { } found
            ? TypedResults.Ok(new SurgeDetailView(SurgeView.Of(found), [.. (await surges.SamplesAsync(id, MostSamples, cancel)).Select(one => new SurgeSampleView(one.At, one.Queued, one.Running, one.Taken))]))
            : Problems.NotFound($"surge {id}");

    private static async Task<Results<Ok<SurgePreviewView>, ProblemHttpResult>> PreviewAsync(SurgeBody body, PreviewSurge preview, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var wish = body.Wish(isPreview: true, errors);
        if (errors.Any) return errors.ToProblem();
        return (await preview.RunAsync(wish, cancel)).Match<Results<Ok<SurgePreviewView>, ProblemHttpResult>>(seen => TypedResults.Ok(SurgePreviewView.Of(seen)), no => Problems.Of(no));
    }

    private static async Task<Results<Accepted<SurgeView>, ProblemHttpResult>> StartAsync(SurgeBody body, ClaimsPrincipal caller, StartSurge start, PreviewSurge preview, HttpContext http, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var wish = body.Wish(isPreview: false, errors);
        if (errors.Any) return errors.ToProblem();
        if ((await start.RunAsync(wish, caller.Actor(), cancel)).TryGet(out var begun, out var no))
        {
            http.Response.Headers.RetryAfter = "3";
            return TypedResults.Accepted($"/api/v1/surges/{begun.Id}", SurgeView.Of(begun));
        }

        return no.Code == "reach-changed" && (await preview.RunAsync(wish, cancel)).TryGet(out var seen, out _)
            ? Problems.Of(StatusCodes.Status409Conflict, no.Code, string.Join(" ", no.Reasons), new Dictionary<string, object?> { ["reasons"] = no.Reasons, ["preview"] = SurgePreviewView.Of(seen) })
            : Problems.Of(no);
    }

    private static async Task<Results<Accepted<SurgeView>, ProblemHttpResult>> EndAsync(long id, EndSurgeBody body, ClaimsPrincipal caller, EndSurge end, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var reason = errors.Note("reason", body.Reason, 500);
        if (errors.Any) return errors.ToProblem();
        return (await end.RunAsync(id, caller.Actor(), reason, cancel)).Match<Results<Accepted<SurgeView>, ProblemHttpResult>>(ending => TypedResults.Accepted($"/api/v1/surges/{id}", SurgeView.Of(ending)), no => Problems.Of(no));
    }
}
