using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Stragglers;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Projects that are still on docker after docker fallback was reached: their people are asked, reminded and told a last day.</summary>
internal static class CampaignEndpoints
{
    private const int UsualRemind = 7;
    private const int UsualQuiet = 14;
    private const int UsuallyOpen = 50;
    private const int MostNamed = 1000;
    private const int LongestWord = 200;

    private static readonly (string, StragglerStage)[] Stages = [.. Enum.GetValues<StragglerStage>().Where(stage => stage != StragglerStage.Gone).Select(stage => (stage.Word(), stage))];

    public static void MapCampaign(this IEndpointRouteBuilder api)
    {
        var campaign = api.MapGroup("/stragglers/campaign").WithTags("Stragglers");
        campaign.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("Projects in a campaign with their stage, who was asked, and what became of each ref; stage= and q= narrow it");
        campaign.MapPost("/preview", PreviewAsync).RequireScope(TokenScope.Admin).WithSummary("What a campaign would do: who would be asked and why they, how many merge requests, and which refs none can mend; changes nothing");
        campaign.MapPost("", StartAsync).RequireScope(TokenScope.Admin).WithSummary("Begins a campaign for the named projects, or all that straggle: merge requests by the portal's own hand, and mails in stages");
        campaign.MapPut("/{id:long}", PutAsync).RequireScope(TokenScope.Admin).WithSummary("Takes a project on as handled, or gives it another last day");
    }

    private static async Task<Results<Ok<PageOf<StragglerCaseView>>, ProblemHttpResult>> ListAsync(
        InstanceDirectory instances, ReadCampaign read, IWorldClock clock, string? instance, string? stage, string? q, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var (of, paging, only) = (instances.Pick(instance, errors), Paging.Read(limit, cursor, errors), errors.OneOf("stage", stage, Stages));
        if (errors.Any) return errors.ToProblem();
        var rows = (await read.RunAsync(of, null, cancel)).Where(one => (only is null || one.Case.Stage == only) && (q is null || one.Path.Contains(q, StringComparison.OrdinalIgnoreCase)) && one.Case.Id > (paging.AfterNumber ?? 0)).Take(paging.Limit + 1).ToList();
        return TypedResults.Ok(paging.Page(rows, one => StragglerCaseView.Of(one, clock.Now(of)), one => one.Case.Id.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Ok<CampaignPreviewView>, ProblemHttpResult>> PreviewAsync(CampaignBody body, InstanceDirectory instances, PreviewCampaign preview, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var wish = Wish(body, instances.Pick(instance, errors), errors, isPreview: true);
        if (errors.Any) return errors.ToProblem();
        return (await preview.RunAsync(wish, cancel)).Match<Results<Ok<CampaignPreviewView>, ProblemHttpResult>>(seen => TypedResults.Ok(CampaignPreviewView.Of(seen)), no => Problems.Of(no));
    }

    private static async Task<Results<Ok<CampaignStartedView>, ProblemHttpResult>> StartAsync(CampaignBody body, ClaimsPrincipal caller, InstanceDirectory instances, StartCampaign start, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var wish = Wish(body, instances.Pick(instance, errors), errors, isPreview: false);
        if (errors.Any) return errors.ToProblem();
        return (await start.RunAsync(wish, caller.Actor(), cancel)).Match<Results<Ok<CampaignStartedView>, ProblemHttpResult>>(
            taken => TypedResults.Ok(new CampaignStartedView(taken[0].Campaign.Id, [.. taken.Select(one => one.Project.Number)])), no => Problems.Of(no));
    }

    private static async Task<Results<Ok<StragglerCaseView>, ProblemHttpResult>> PutAsync(
        long id, StragglerBody body, ClaimsPrincipal caller, InstanceDirectory instances, ChangeStraggler change, ReadCampaign read, IWorldClock clock, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (body.Stage is not (null or "handled")) errors.Add("stage", "Only handled: the other stages come by time.");
        if (body.Stage is null == body.FinalAt is null) errors.Add("stage", "Needed: either stage 'handled', or finalAt for another last day.");
        var reason = errors.Text("reason", body.Reason, Cohort.LongestReason);
        if (errors.Any) return errors.ToProblem();
        var project = new ProjectId(of, id);
        if (await change.RunAsync(project, body.FinalAt, reason, caller.Actor(), cancel) is Outcome<StragglerCase>.Refused { Refusal: var no }) return no.Code == "not-in-campaign" ? Problems.NotFound($"campaign for project {id} on {of}") : Problems.Of(no);
        return (await read.RunAsync(of, [project], cancel)) is [var changed, ..] ? TypedResults.Ok(StragglerCaseView.Of(changed, clock.Now(of))) : Problems.NotFound($"campaign for project {id} on {of}");
    }

    private static CampaignWish Wish(CampaignBody body, InstanceId of, RequestErrors errors, bool isPreview)
    {
        if (body.ProjectIds is { Count: 0 or > MostNamed }) errors.Add("projectIds", $"1 to {MostNamed} projects; left out: all that straggle.");
        if (body.RemindAfterDays is < 1 or > CampaignWish.LongestRemind) errors.Add("remindAfterDays", $"Must be 1 to {CampaignWish.LongestRemind} whole days between two mails.");
        if (body.QuietDays is < 1 or > CampaignWish.LongestQuiet) errors.Add("quietDays", $"Must be 1 to {CampaignWish.LongestQuiet} whole days.");
        if (body.MostOpen is < 1 or > CampaignWish.MostOpenAtAll) errors.Add("mostOpen", $"Must be 1 to {CampaignWish.MostOpenAtAll}: merge requests that wait for their people at one time.");
        if (body.FinalAt is null) errors.Add("finalAt", "Needed: the last day on docker.");
        var (owner, search) = (errors.Note("owner", body.Owner, LongestWord), errors.Note("q", body.Q, LongestWord));
        var reason = isPreview ? errors.Note("reason", body.Reason, Cohort.LongestReason) ?? "" : errors.Text("reason", body.Reason, Cohort.LongestReason);
        return new CampaignWish(
            of, body.ProjectIds?.Select(one => new ProjectId(of, one)).ToHashSet(), owner, search, body.RemindAfterDays ?? UsualRemind, body.FinalAt ?? default, body.QuietDays ?? UsualQuiet, body.MostOpen ?? UsuallyOpen, reason);
    }
}
