using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Templates;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Shared CI templates: what hangs on them, and one merge request to their owner.</summary>
internal static class TemplateEndpoints
{
    private const int LongestReason = 500;

    public static void MapTemplates(this IEndpointRouteBuilder api)
    {
        var templates = api.MapGroup("/templates").WithTags("Templates");
        templates.MapGet("", ListAsync).RequireScope(TokenScope.SelfService, TokenScope.Read).WithSummary("Shared CI files with what hangs on them, most jobs a day first; without scope read those in the caller's own projects");
        templates.MapGet("/{id:long}", GetAsync).RequireScope(TokenScope.SelfService, TokenScope.Read).WithSummary("One shared CI file; with ?preview=true what a change of its tags would do to every job that takes them from it");
        templates.MapPut("/{id:long}/enrollment", PutAsync).RequireScope(TokenScope.SelfService, TokenScope.Operate).WithSummary("Opens one merge request in the template's project that moves its jobs for all who include it, or takes the change out");
        templates.MapDelete("/{id:long}/enrollment", DeleteAsync).RequireScope(TokenScope.SelfService, TokenScope.Operate).WithSummary("Closes the merge request, or opens one that restores the text exactly");
    }

    private static async Task<Results<Ok<PageOf<TemplateItem>>, ProblemHttpResult>> ListAsync(ClaimsPrincipal caller, TemplateDoor door, string? instance, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        var (all, no) = await door.ListAsync(caller, instance, TokenScope.Read, cancel);
        if (no is not null) return no;
        // By number, which stays; the order of the day's jobs does not.
        var rows = all.OrderBy(one => one.Of.Template.Id).Where(one => one.Of.Template.Id > (paging.AfterNumber ?? 0)).Take(paging.Limit + 1).ToList();
        return TypedResults.Ok(paging.Page(rows, TemplateItem.Of, row => row.Of.Template.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Ok<TemplateAnswer>, ProblemHttpResult>> GetAsync(long id, ClaimsPrincipal caller, TemplateDoor door, PreviewTemplateMove preview, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "preview")] bool? withPreview, string? instance, CancellationToken cancel)
    {
        var (found, no) = await door.OpenAsync(caller, id, instance, TokenScope.Read, cancel);
        if (no is not null) return no;
        IReadOnlyList<string> uses = caller.Holds(TokenScope.Read) ? [.. found!.Uses.Select(one => one.Use.FullPath)] : [];
        if (withPreview != true) return TypedResults.Ok(new TemplateAnswer(TemplateItem.Of(found!), uses, null, null, null, null));
        return (await preview.RunAsync(found!.Of.Template.Instance, id, cancel)).Match<Results<Ok<TemplateAnswer>, ProblemHttpResult>>(
            seen => TypedResults.Ok(new TemplateAnswer(TemplateItem.Of(found), uses, seen.Plan.IsOffered, seen.Plan.Moving, seen.Plan.Reasons, TemplateJobView.Of(seen.Plan))), refusal => Problems.Of(refusal));
    }

    private static async Task<Results<Ok<TemplateItem>, ProblemHttpResult>> PutAsync(
        long id, TemplateBody body, ClaimsPrincipal caller, TemplateDoor door, TemplateHand hand, MoveTemplate move, ReturnTemplate back, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        if (body.Target is not ("kubernetes" or "default")) errors.Add("target", "Needed: kubernetes or default.");
        if (body.By is not (null or "own-name" or "portal")) errors.Add("by", "own-name, or portal for an administrator who asks the owner.");
        if (body.Reason?.Length > LongestReason) errors.Add("reason", $"At most {LongestReason} characters.");
        if (errors.Any) return errors.ToProblem();
        return await ActAsync(id, caller, door, hand, instance, body.By == "portal", (of, token) => body.Target == "default"
            ? back.RunAsync(of, id, body.Reason, token, caller.Actor(), cancel)
            : move.RunAsync(of, id, body.Reason, token, caller.Actor(), cancel), cancel);
    }

    private static async Task<Results<Ok<TemplateItem>, ProblemHttpResult>> DeleteAsync(
        long id, ClaimsPrincipal caller, TemplateDoor door, TemplateHand hand, ReturnTemplate back, string? by, string? reason, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        if (by is not (null or "own-name" or "portal")) errors.Add("by", "own-name, or portal for an administrator who asks the owner.");
        if (reason?.Length > LongestReason) errors.Add("reason", $"At most {LongestReason} characters.");
        if (errors.Any) return errors.ToProblem();
        return await ActAsync(id, caller, door, hand, instance, by == "portal", (of, token) => back.RunAsync(of, id, reason, token, caller.Actor(), cancel), cancel);
    }

    private static async Task<Results<Ok<TemplateItem>, ProblemHttpResult>> ActAsync(
        long id, ClaimsPrincipal caller, TemplateDoor door, TemplateHand hand, string? instance, bool byPortal, Func<InstanceId, PersonToken, Task<Outcome<TemplateMove>>> act, CancellationToken cancel)
    {
        var (found, no) = await door.OpenAsync(caller, id, instance, TokenScope.Operate, cancel);
        if (no is not null) return no;
        var (token, not) = await hand.OfAsync(caller, found!.Of.Template.Instance, byPortal, cancel);
        if (not is not null) return not;
        if (await act(found.Of.Template.Instance, token!) is Outcome<TemplateMove>.Refused { Refusal: var refusal }) return Problems.Of(refusal);
        (found, no) = await door.OpenAsync(caller, id, instance, TokenScope.Operate, cancel);
        return no is not null ? no : TypedResults.Ok(TemplateItem.Of(found!));
    }
}

/// <summary>In whose name a template's merge request is opened: its maintainer's own, or the portal's for an administrator who asks the owner.</summary>
public sealed class TemplateHand(ActingSessions acting, IPortalHand hand)
{
    public async Task<(PersonToken? Token, ProblemHttpResult? No)> OfAsync(ClaimsPrincipal caller, InstanceId instance, bool byPortal, CancellationToken cancel)
    {
        if (!byPortal) return await acting.TokenAsync(caller, cancel) is { } own ? (own, null) : (null, ConsentNeeded());
        if (!caller.Holds(TokenScope.Operate)) return (null, Problems.Of(StatusCodes.Status403Forbidden, "scope-missing", "Asking an owner by the portal's own hand needs the scope 'operate'.", new Dictionary<string, object?> { ["missingScope"] = "operate" }));
        return hand.Of(instance) is { } token ? (token, null) : (null, Problems.Of(ObserveMode));
    }

    internal static Refusal ObserveMode { get; } = Refusal.Of("observe-mode", "The portal has no write token and changes nothing by its own hand: set one, or let the owner click under My projects.");

    private static ProblemHttpResult ConsentNeeded() => OwnNameAnswers.ConsentNeeded("A template is changed in its maintainer's own name", "/my-projects", "administrators may send by=portal");
}
