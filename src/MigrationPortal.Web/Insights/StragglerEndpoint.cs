using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Who is still on docker, by project or by where in it.</summary>
internal static class StragglerEndpoint
{
    private static readonly string[] By = ["project", "ref"];

    public static void MapStragglers(this IEndpointRouteBuilder insights) => insights.MapGet("/stragglers", AnswerAsync).RequireScope(TokenScope.Read)
        .Produces<PointsOf<StragglerView>>(StatusCodes.Status200OK, "application/json", Csv.Type).WithMetadata(new QueryWords(["format"]), new CompletenessSaid())
        .WithSummary("Projects whose jobs still ended on docker in the window (whole days), most jobs first; by=ref gives refs, pipeline sources and tags instead");

    private static async Task<IResult> AnswerAsync(
        HttpContext http, InstanceDirectory instances, IStragglerReader reader, ReadCompleteness completeness, IWorldClock clock, string? instance, string? by, string? from, string? to,
        string? source, string? @ref, string? owner, string? q, bool? managed, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var now = clock.Now(of);
        var window = errors.Window(from, to, TimeSpan.FromDays(7), Stragglers.Kept, now);
        // By whole days: the day before is asked for by whoever names the moment 62 days ago a little late.
        if (window.From < now - Stragglers.Kept - TimeSpan.FromDays(1)) errors.Add("from", $"Where jobs came from is kept for {Stragglers.Kept.TotalDays:0} days.");
        var byRef = errors.OneOf("by", by, [(By[0], false), (By[1], true)]) ?? false;
        if (errors.Any) return errors.ToProblem();
        var filter = new StragglerFilter(of, window, source, @ref, owner, q, managed);
        var known = completeness.OfAsync(of, window, cancel);
        if (byRef) return Csv.Answer(http, (await reader.PlacesAsync(filter, null, cancel)).Select(StragglerPlaceView.Of).ToList(), await known);
        var all = await reader.ReadAsync(filter, cancel);
        return Csv.Answer(http, all.Items.Select(one => StragglerView.Of(one, all)).ToList(), await known);
    }
}
