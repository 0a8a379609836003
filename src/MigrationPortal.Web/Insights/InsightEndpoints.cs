using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Jobs;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Charts as rows; the same numbers as on the pages, with their denominators.</summary>
internal static class InsightEndpoints
{
    public static void MapInsights(this IEndpointRouteBuilder api)
    {
        var insights = api.MapGroup("/insights").WithTags("Insights").RequireScope(TokenScope.Read);
        insights.MapRates();
        insights.MapGet("/shares", SharesAsync).Rows<SharePoint>([.. InsightQuery.Words.Where(word => word != "reason")]).WithSummary("Which executor started how many jobs, and how many of them untagged");
        insights.MapGet("/durations", DurationsAsync).Rows<DurationPoint>([.. InsightQuery.Words.Where(word => word != "reason")]).WithSummary("Queue and run times by executor and bucket");
        insights.MapStragglers();
        insights.MapRegressions();
        insights.MapPending();
        insights.MapLogSample();
        insights.MapTwinPairs();
    }

    // Charts answer JSON or CSV; the dimensions are read from the query itself, so the document has to be told of them.
    internal static RouteHandlerBuilder Rows<T>(this RouteHandlerBuilder route, params string[] dimensions) =>
        route.Produces<PointsOf<T>>(StatusCodes.Status200OK, "application/json", Csv.Type).WithMetadata(new QueryWords([.. dimensions, "format"]), new CompletenessSaid());

    private static async Task<IResult> SharesAsync(
        HttpContext http, InstanceDirectory instances, IInsightReader reader, ReadCompleteness completeness, IWorldClock clock, string? instance, string? bucket, string? from, string? to, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var filter = new InsightQuery(instance, null, bucket, from, to, null).Read(http, instances, clock, errors);
        await ReachedAsync(filter, Measure.Shares, reader, errors, cancel);
        if (errors.Any) return errors.ToProblem();
        var known = completeness.OfAsync(filter.Instance, filter.Window, cancel);
        return Csv.Answer(http, await reader.SharesAsync(filter, cancel), await known, PointsJson.Default.PointsOfSharePoint);
    }

    private static async Task<IResult> DurationsAsync(
        HttpContext http, InstanceDirectory instances, IInsightReader reader, IDurationReader durations, ReadCompleteness completeness, IWorldClock clock,
        string? instance, string? bucket, string? from, string? to, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var filter = new InsightQuery(instance, null, bucket, from, to, null).Read(http, instances, clock, errors);
        await ReachedAsync(filter, Measure.Times, reader, errors, cancel);
        if (errors.Any) return errors.ToProblem();
        var known = completeness.OfAsync(filter.Instance, filter.Window, cancel);
        return Csv.Answer(http, await durations.DurationsAsync(filter, cancel), await known, PointsJson.Default.PointsOfDurationPoint);
    }

    /// <summary>Refuses what would read more single jobs than can be answered at once.</summary>
    internal static async Task ReachedAsync(InsightFilter filter, Measure measure, IInsightReader reader, RequestErrors errors, CancellationToken cancel)
    {
        if (measure != Measure.FailureRates && filter.Where.ContainsKey(Dimension.Reason)) errors.Add("reason", "Only failed jobs have a reason, and this counts all jobs: leave it out.");
        if (errors.Any) return;
        var reach = await reader.ReachAsync(filter, measure, cancel);
        if (reach.Window.From > filter.Window.From)
            errors.Add("from", $"These filters are answered from single jobs, at most {InsightReach.MostSingleJobs:#,0} of them: ask from {reach.Window.From.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'} on{(measure == Measure.FailureRates && filter.Bucket == Bucket.Hour ? ", or with bucket=day" : "")}.");
    }
}
