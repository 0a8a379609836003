using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <param name="Decision"><c>adopt</c>, <c>keep</c>, <c>retire</c>, or null to take the decision back.</param>
public sealed record DecisionBody(string? Decision);

/// <param name="Translation">What the tag becomes when a job opts in; null: it cannot move yet.</param>
public sealed record TranslationBody(string? Translation);

/// <summary>The tag census and what the admins decided about each tag. Decisions only write down; runners follow by a plan.</summary>
internal static class TagEndpoints
{
    private const int MostParts = 10_000;

    private static readonly (string Word, int At)[] Parts = [("ref", 0), ("source", 1), ("project", 2), ("set", 3)];

    public static void MapTags(this IEndpointRouteBuilder api)
    {
        var tags = api.MapGroup("/tags").WithTags("Phases");
        tags.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("The tag census of the last two weeks, most jobs first");
        tags.MapGet("/detail", DetailAsync).RequireScope(TokenScope.Read).Produces<PointsOf<TagPart>>(StatusCodes.Status200OK, "application/json", Csv.Type)
            .WithMetadata(new QueryWords(["format"])).WithSummary("Who asked for one tag in the last two weeks, by ref, pipeline source, project or tag set; an empty tag is untagged jobs");
        tags.MapPut("/{tag}/decision", DecideAsync).RequireScope(TokenScope.Admin).TakesVersion().WithSummary("Says what becomes of a legacy tag");
        tags.MapPut("/{tag}/translation", TranslateAsync).RequireScope(TokenScope.Admin).TakesVersion().WithSummary("Says what a tag becomes when a job opts in");
    }

    private static async Task<Results<Ok<TagViews>, ProblemHttpResult>> ListAsync(
        HttpContext http, InstanceDirectory instances, IMigrationStore migration, TagRows census, TagGrounds grounds, string? instance, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        var settings = await migration.SettingsAsync(of, cancel);
        http.Response.Headers.ETag = Etags.Of(settings.Version);
        var all = await census.AllAsync(of, settings, cancel);
        var from = (int)Math.Min(paging.AfterNumber ?? 0, all.Count);
        var rows = all.Select((view, at) => (view, at)).Skip(from).Take(paging.Limit + 1).ToList();
        var page = paging.Page(rows, row => row.view, row => (row.at + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        return TypedResults.Ok(new TagViews(page.Items, page.NextCursor, await grounds.OfAsync(of, cancel)));
    }

    private static async Task<IResult> DetailAsync(
        HttpContext http, InstanceDirectory instances, ITagReader reader, IWorldClock clock, string? instance, string? tag, string? by, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var part = errors.OneOf("by", by ?? "ref", Parts) ?? 0;
        if (errors.Any) return errors.ToProblem();
        var detail = await reader.ReadAsync(of, tag ?? "", CensusWindow.Until(clock.Now(of)), MostParts, cancel);
        return Csv.Answer(http, part switch { 0 => detail.Refs, 1 => detail.Sources, 2 => detail.Projects, _ => detail.Sets });
    }

    private static async Task<Results<Ok<TagView>, ProblemHttpResult>> DecideAsync(
        string tag, DecisionBody body, HttpContext http, ClaimsPrincipal caller, InstanceDirectory instances, IMigrationStore migration, TagRows rows, DecideTag decide, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var decision = errors.OneOf("decision", body.Decision, [("adopt", TagDecision.Adopt), ("keep", TagDecision.Keep), ("retire", TagDecision.Retire)]);
        if (errors.Any) return errors.ToProblem();
        if (Etags.Stale(http, Etags.Of((await migration.SettingsAsync(of, cancel)).Version)) is { } stale) return stale;
        return await AnswerAsync(http, rows, of, tag, await decide.RunAsync(of, tag, decision, caller.Actor(), cancel), cancel);
    }

    private static async Task<Results<Ok<TagView>, ProblemHttpResult>> TranslateAsync(
        string tag, TranslationBody body, HttpContext http, ClaimsPrincipal caller, InstanceDirectory instances, IMigrationStore migration, TagRows rows, SetTranslation translate, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        if (Etags.Stale(http, Etags.Of((await migration.SettingsAsync(of, cancel)).Version)) is { } stale) return stale;
        return await AnswerAsync(http, rows, of, tag, await translate.RunAsync(of, tag, body.Translation, caller.Actor(), cancel), cancel);
    }

    private static async Task<Results<Ok<TagView>, ProblemHttpResult>> AnswerAsync(
        HttpContext http, TagRows rows, InstanceId of, string tag, Outcome<MigrationSettings> outcome, CancellationToken cancel)
    {
        if (outcome is not Outcome<MigrationSettings>.Done { Result: var settings }) return Problems.Of(((Outcome<MigrationSettings>.Refused)outcome).Refusal);
        http.Response.Headers.ETag = Etags.Of(settings.Version);
        return TypedResults.Ok(await rows.OneAsync(of, tag, settings, cancel));
    }
}
