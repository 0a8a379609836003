using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <param name="Tag">Empty: untagged jobs.</param>
/// <param name="Refs">Distinct refs whose jobs asked for it.</param>
/// <param name="Sources">Pipeline sources, such as <c>push</c> or <c>schedule</c>.</param>
/// <param name="ServedBy">Unpaused runners that have the tag (or accept untagged jobs), in contact.</param>
/// <param name="TranslationSet">False: nobody has said what it becomes; the translation null then means nothing.</param>
public sealed record TagView(
    string Tag, long Jobs, double JobsPerDay, long Projects, long Refs, IReadOnlyList<string> Sources, ServedByView ServedBy, string? Decision, string? Translation, bool TranslationSet, string? Reserved);

public sealed record ServedByView(int Legacy, int Kubernetes, int Unmanaged);

/// <param name="Decision"><c>adopt</c>, <c>keep</c>, <c>retire</c>, or null to take the decision back.</param>
public sealed record DecisionBody(string? Decision);

/// <param name="Translation">What the tag becomes when a job opts in; null: it cannot move yet.</param>
public sealed record TranslationBody(string? Translation);

/// <summary>The tag census and what the admins decided about each tag. Decisions only write down; runners follow by a plan.</summary>
internal static class TagEndpoints
{
    public static void MapTags(this IEndpointRouteBuilder api)
    {
        var tags = api.MapGroup("/tags").WithTags("Phases");
        tags.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("The tag census of the last two weeks, most jobs first");
        tags.MapPut("/{tag}/decision", DecideAsync).RequireScope(TokenScope.Admin).WithSummary("Says what becomes of a legacy tag");
        tags.MapPut("/{tag}/translation", TranslateAsync).RequireScope(TokenScope.Admin).WithSummary("Says what a tag becomes when a job opts in");
    }

    private static async Task<Results<Ok<PageOf<TagView>>, ProblemHttpResult>> ListAsync(
        HttpContext http, InstanceDirectory instances, IJobReader jobs, IFleetStore fleet, IMigrationStore migration, IWorldClock clock, string? instance, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        var settings = await migration.SettingsAsync(of, cancel);
        var snapshot = await fleet.LatestAsync(of, cancel);
        var uses = await jobs.TagsAsync(of, CensusWindow.Until(clock.Now(of)), cancel);
        http.Response.Headers.ETag = Etags.Of(settings.Version);
        // Tags that only runners have are part of the picture: nobody asks for them.
        var silent = (snapshot?.Runners ?? []).SelectMany(runner => runner.Attributes.Tags).Concat(settings.Decisions.Keys).Distinct(StringComparer.Ordinal)
            .Except(uses.Select(use => use.Tag), StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(tag => new TagUse(tag, 0, 0, 0, 0, []));
        var all = uses.OrderByDescending(use => use.Jobs).ThenBy(use => use.Tag, StringComparer.Ordinal).Concat(silent).Select(use => View(use, snapshot, settings)).ToList();
        var from = (int)Math.Min(paging.AfterNumber ?? 0, all.Count);
        var rows = all.Select((view, at) => (view, at)).Skip(from).Take(paging.Limit + 1).ToList();
        return TypedResults.Ok(paging.Page(rows, row => row.view, row => (row.at + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Ok<TagView>, ProblemHttpResult>> DecideAsync(
        string tag, DecisionBody body, HttpContext http, ClaimsPrincipal caller, InstanceDirectory instances, IMigrationStore migration, DecideTag decide, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var decision = errors.OneOf("decision", body.Decision, [("adopt", TagDecision.Adopt), ("keep", TagDecision.Keep), ("retire", TagDecision.Retire)]);
        if (errors.Any) return errors.ToProblem();
        if (Etags.Stale(http, Etags.Of((await migration.SettingsAsync(of, cancel)).Version)) is { } stale) return stale;
        return Answer(http, tag, await decide.RunAsync(of, tag, decision, caller.Actor(), cancel));
    }

    private static async Task<Results<Ok<TagView>, ProblemHttpResult>> TranslateAsync(
        string tag, TranslationBody body, HttpContext http, ClaimsPrincipal caller, InstanceDirectory instances, IMigrationStore migration, SetTranslation translate, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        if (Etags.Stale(http, Etags.Of((await migration.SettingsAsync(of, cancel)).Version)) is { } stale) return stale;
        return Answer(http, tag, await translate.RunAsync(of, tag, body.Translation, caller.Actor(), cancel));
    }

    private static Results<Ok<TagView>, ProblemHttpResult> Answer(HttpContext http, string tag, Outcome<MigrationSettings> outcome)
    {
        if (outcome is not Outcome<MigrationSettings>.Done { Result: var settings }) return Problems.Of(((Outcome<MigrationSettings>.Refused)outcome).Refusal);
        http.Response.Headers.ETag = Etags.Of(settings.Version);
        return TypedResults.Ok(View(new TagUse(tag, 0, 0, 0, 0, []), null, settings));
    }

    private static TagView View(TagUse use, FleetSnapshot? fleet, MigrationSettings settings) => new(
        use.Tag, use.Jobs, use.JobsPerDay, use.Projects, use.Refs, use.Sources, Served(use.Tag, fleet),
        settings.Decisions.TryGetValue(use.Tag, out var decision) ? PlanTargetJson.Word(decision) : null,
        settings.Translations.GetValueOrDefault(use.Tag), settings.Translations.ContainsKey(use.Tag),
        use.Tag == settings.OptInTag ? "opt-in" : use.Tag == settings.FallbackTag ? "fallback" : null);

    private static ServedByView Served(string tag, FleetSnapshot? fleet)
    {
        var able = (fleet?.Runners ?? []).Where(runner => !runner.Attributes.Paused && JobMatcher.InContact(runner.Observed, fleet!.TakenAt)
            && (tag.Length == 0 ? runner.Attributes.RunUntagged : runner.Attributes.Tags.Contains(tag))).ToList();
        return new ServedByView(able.Count(one => one.IsManaged(RunnerRole.Legacy)), able.Count(one => one.IsManaged(RunnerRole.Kubernetes)), able.Count(one => !one.Standing.Managed));
    }
}
