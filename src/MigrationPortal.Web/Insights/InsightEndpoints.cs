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
        insights.MapRates();
        insights.MapGet("/shares", SharesAsync).Rows<SharePoint>([.. InsightQuery.Words.Where(word => word != "reason")]).WithSummary("Which executor started how many jobs, and how many of them untagged");
        insights.MapGet("/durations", DurationsAsync).Rows<DurationPoint>([.. InsightQuery.Words.Where(word => word != "reason")]).WithSummary("Queue and run times by executor and bucket");
        insights.MapStragglers();
        insights.MapGet("/pending", PendingAsync).Rows<PendingView>().WithSummary("Jobs that wait for a runner now, longest first, and who could take them");
    }

    // Charts answer JSON or CSV; the dimensions are read from the query itself, so the document has to be told of them.
    internal static RouteHandlerBuilder Rows<T>(this RouteHandlerBuilder route, params string[] dimensions) =>
        route.Produces<PointsOf<T>>(StatusCodes.Status200OK, "application/json", Csv.Type).WithMetadata(new QueryWords([.. dimensions, "format"]));

    private static async Task<IResult> SharesAsync(
        HttpContext http, InstanceDirectory instances, IInsightReader reader, IWorldClock clock, string? instance, string? bucket, string? from, string? to, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var filter = new InsightQuery(instance, null, bucket, from, to, null).Read(http, instances, clock, errors);
        await ReachedAsync(filter, Measure.Shares, reader, errors, cancel);
        if (errors.Any) return errors.ToProblem();
        return Csv.Answer(http, await reader.SharesAsync(filter, cancel));
    }

    private static async Task<IResult> DurationsAsync(
        HttpContext http, InstanceDirectory instances, IInsightReader reader, IDurationReader durations, IWorldClock clock,
        string? instance, string? bucket, string? from, string? to, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var filter = new InsightQuery(instance, null, bucket, from, to, null).Read(http, instances, clock, errors);
        await ReachedAsync(filter, Measure.Times, reader, errors, cancel);
        if (errors.Any) return errors.ToProblem();
        return Csv.Answer(http, await durations.DurationsAsync(filter, cancel));
    }

    private static async Task ReachedAsync(InsightFilter filter, Measure measure, IInsightReader reader, RequestErrors errors, CancellationToken cancel)
    {
        if (filter.Where.ContainsKey(Dimension.Reason)) errors.Add("reason", "Only failed jobs have a reason, and this counts all jobs: leave it out.");
        if (errors.Any) return;
        var reach = await reader.ReachAsync(filter, measure, cancel);
        if (reach.Window.From > filter.Window.From)
            errors.Add("from", $"These filters are answered from single jobs, at most {InsightReach.MostSingleJobs:#,0} of them: ask from {reach.Window.From.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'} on.");
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
