using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Jobs;

/// <summary>The single jobs behind any rate.</summary>
internal static class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder api) =>
        api.MapGroup("/jobs").WithTags("Jobs").RequireScope(TokenScope.Read).MapGet("", ListAsync).WithMetadata(new QueryWords([.. JobQuery.Words, "from", "to", "time"]))
            .WithSummary("Finished jobs, latest first (the last 24 h unless 'from' says otherwise); a page may be short, even empty, while 'nextCursor' goes on");

    private static async Task<Results<Ok<PageOf<JobView>>, ProblemHttpResult>> ListAsync(
        HttpContext http, InstanceDirectory instances, IJobReader jobs, IWorldClock clock, string? instance, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var paging = Paging.Read(limit, cursor, errors, byNumber: false);
        var after = JobQuery.ReadMark(paging.After);
        if (paging.After is not null && after is null) errors.Add("cursor", Paging.NotACursor);
        var query = http.Request.Query;
        var filter = JobQuery.Read(word => query.TryGetValue(word, out var value) ? value.ToString() : null, of, clock.Now(of), errors);
        if (errors.Any) return errors.ToProblem();
        var page = await jobs.FinishedAsync(filter, paging.Limit, after, cancel);
        var url = instances.Find(of)!.Url;
        return TypedResults.Ok(new PageOf<JobView>([.. page.Rows.Select(row => JobView.Of(row, url))], page.Next is { } next ? Paging.Encode(JobQuery.Write(next)) : null));
    }
}
