using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <param name="WaitedSeconds">Of the instance's time, until now.</param>
/// <param name="ServedBy">Runners in contact that would take it now; 0: it is stuck.</param>
public sealed record PendingView(long JobId, long ProjectId, string? ProjectPath, string Name, string? Ref, IReadOnlyList<string> Tags, DateTimeOffset? QueuedAt, double? WaitedSeconds, int ServedBy);

/// <summary>Charts as rows; the same numbers as on the pages, with their denominators.</summary>
internal static class InsightEndpoints
{
    private const int MostPending = 500;

    public static void MapInsights(this IEndpointRouteBuilder api)
    {
        var insights = api.MapGroup("/insights").WithTags("Insights").RequireScope(TokenScope.Read);
        insights.MapGet("/failure-rates", RatesAsync).Rows<RateView>([.. InsightQuery.Words, "managed", "attempts"]).WithSummary("Failure rates with 95 % Wilson limits by bucket and dimension");
        insights.MapGet("/shares", SharesAsync).Rows<SharePoint>([.. InsightQuery.Words.Where(word => word != "reason")]).WithSummary("Which executor started how many jobs, and how many of them untagged");
        insights.MapGet("/durations", DurationsAsync).Rows<DurationPoint>("executor").WithSummary("Queue and run times by executor and bucket");
        insights.MapStragglers();
        insights.MapGet("/pending", PendingAsync).Rows<PendingView>().WithSummary("Jobs that wait for a runner now, longest first, and who could take them");
    }

    // Charts answer JSON or CSV; the dimensions are read from the query itself, so the document has to be told of them.
    private static RouteHandlerBuilder Rows<T>(this RouteHandlerBuilder route, params string[] dimensions) =>
        route.Produces<PointsOf<T>>(StatusCodes.Status200OK, "application/json", Csv.Type).WithMetadata(new QueryWords([.. dimensions, "format"]));

    private static async Task<IResult> RatesAsync(
        HttpContext http, InstanceDirectory instances, IInsightReader reader, IWorldClock clock, string? instance, string? by, string? bucket, string? from, string? to, string? kind, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var filter = new InsightQuery(instance, by, bucket, from, to, kind).Read(http, instances, clock, errors);
        var managed = errors.OneOf("managed", http.Request.Query["managed"].FirstOrDefault(), [("true", true), ("false", false)]) ?? false;
        var first = errors.OneOf("attempts", http.Request.Query["attempts"].FirstOrDefault(), [("all", false), ("first", true)]) ?? false;
        if (errors.Any) return errors.ToProblem();
        return Csv.Answer(http, (await reader.FailureRatesAsync(filter with { ManagedOnly = managed, FirstAttempts = first }, cancel)).Select(point => RateView.Of(point, filter.By)).ToList());
    }

    private static async Task<IResult> SharesAsync(
        HttpContext http, InstanceDirectory instances, IInsightReader reader, IWorldClock clock, string? instance, string? bucket, string? from, string? to, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var filter = new InsightQuery(instance, null, bucket, from, to, null).Read(http, instances, clock, errors);
        if (errors.Any) return errors.ToProblem();
        return Csv.Answer(http, await reader.SharesAsync(filter, cancel));
    }

    private static async Task<IResult> DurationsAsync(
        HttpContext http, InstanceDirectory instances, IDurationReader reader, IWorldClock clock, string? instance, string? bucket, string? from, string? to, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var filter = new InsightQuery(instance, null, bucket, from, to, null).Read(http, instances, clock, errors);
        foreach (var other in filter.Where.Keys.Where(one => one != Dimension.Executor))
            errors.Add(InsightQuery.Word(other), "Times are kept by executor alone: leave this out, or filter by 'executor'.");
        if (errors.Any) return errors.ToProblem();
        var points = await reader.DurationsAsync(filter.Instance, filter.Window, filter.Bucket, cancel);
        return Csv.Answer(http, filter.Where.TryGetValue(Dimension.Executor, out var wanted) ? points.Where(point => point.Executor == wanted).ToList() : points);
    }

    private static async Task<IResult> PendingAsync(
        HttpContext http, InstanceDirectory instances, IJobReader jobs, Domain.Fleet.IFleetStore fleet, Domain.Fleet.IProjectStore projects, IWorldClock clock, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        var now = clock.Now(of);
        var rows = await jobs.PendingAsync(of, MostPending, cancel);
        var snapshot = await fleet.LatestAsync(of, cancel);
        var index = snapshot is null ? null : new Domain.Fleet.ServiceIndex(snapshot);
        var known = await projects.FindAsync([.. rows.Select(row => row.Project).Distinct()], cancel);
        return Csv.Answer(http, rows.Select(row =>
        {
            var needs = row.Tags is null ? null : new Domain.Fleet.JobNeeds(row.Tags, row.Protected, row.Project);
            var served = needs is null || index is null ? 0 : index.Servers(needs, known.GetValueOrDefault(row.Project)?.Access).Count;
            var since = row.QueuedAt ?? row.CreatedAt;
            return new PendingView(row.Id.Number, row.Project.Number, row.ProjectPath, row.Name, row.Ref, [.. row.Tags ?? TagSet.Empty], since, since is { } at ? (now - at).TotalSeconds : null, served);
        }).ToList());
    }
}
