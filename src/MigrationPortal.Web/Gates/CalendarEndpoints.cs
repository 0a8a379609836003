using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Gates;

/// <summary>Freeze windows: times in which nothing flips by itself.</summary>
internal static class CalendarEndpoints
{
    /// <summary>How far ahead next times are looked for.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(400);

    public static void MapCalendar(this IEndpointRouteBuilder api)
    {
        var calendar = api.MapGroup("/calendar").WithTags("Gates");
        calendar.MapGet("/windows", ListAsync).RequireScope(TokenScope.Read).WithSummary("The freeze windows, with the next times of each");
        calendar.MapPost("/windows", AddAsync).RequireScope(TokenScope.Admin).WithSummary("Adds a freeze window: in it nothing flips by itself");
        calendar.MapPut("/windows/{id:long}", SaveAsync).RequireScope(TokenScope.Admin).TakesVersion().WithSummary("Writes a freeze window anew");
        calendar.MapPost("/windows/{id:long}/end", EndAsync).RequireScope(TokenScope.Admin).WithSummary("Ends a freeze window now and for good; what it held then counts as missed");
        calendar.MapDelete("/windows/{id:long}", RemoveAsync).RequireScope(TokenScope.Admin).WithSummary("Removes a freeze window");
        calendar.MapPost("/import", ImportAsync).RequireScope(TokenScope.Admin).WithSummary("Takes in the events of an iCalendar text: all or none; those known by their UID are written anew");
        api.MapGet("/calendar.ics", ExportAsync).RequireScope(TokenScope.Read).WithTags("Gates").WithSummary("The freeze windows as an iCalendar text").Produces<string>(StatusCodes.Status200OK, "text/calendar");
    }

    private static async Task<Results<Ok<PageOf<FreezeWindowView>>, ProblemHttpResult>> ListAsync(
        InstanceDirectory instances, IFreezeStore store, IFreezeCalendar calendar, IWorldClock clock, string? instance, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        var now = clock.Now(of);
        var rows = (await store.ListAsync(of, cancel)).Where(one => paging.AfterNumber is null || one.Id > paging.AfterNumber).OrderBy(one => one.Id).Take(paging.Limit + 1).ToList();
        return TypedResults.Ok(paging.Page(rows, one => View(one, calendar, now), one => one.Id.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Created<FreezeWindowView>, ProblemHttpResult>> AddAsync(
        FreezeWindowBody body, ClaimsPrincipal caller, InstanceDirectory instances, ChangeFreezes change, IFreezeCalendar calendar, IWorldClock clock, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var wish = body.Read(calendar, errors);
        if (errors.Any) return errors.ToProblem();
        return await change.AddAsync(of, wish, caller.Actor(), cancel) switch
        {
            Outcome<FreezeWindow>.Done { Result: var added } => TypedResults.Created($"/api/v1/calendar/windows/{added.Id}", View(added, calendar, clock.Now(of))),
            Outcome<FreezeWindow>.Refused { Refusal: var no } => Problems.Of(no),
            _ => throw new InvalidOperationException("An outcome is done or refused."),
        };
    }

    private static async Task<Results<Ok<FreezeWindowView>, ProblemHttpResult>> SaveAsync(
        long id, FreezeWindowBody body, HttpContext http, ClaimsPrincipal caller, InstanceDirectory instances, IFreezeStore store, ChangeFreezes change, IFreezeCalendar calendar, IWorldClock clock,
        string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        if (await store.FindAsync(of, id, cancel) is not { } before) return Problems.NotFound($"freeze window {id}");
        if (Etags.Stale(http, Etags.Of(before.Version)) is { } stale) return stale;
        var wish = body.Read(calendar, errors);
        if (errors.Any) return errors.ToProblem();
        return Answer(http, await change.SaveAsync(of, id, wish, caller.Actor(), cancel), calendar, clock);
    }

    private static async Task<Results<Ok<FreezeWindowView>, ProblemHttpResult>> EndAsync(
        long id, HttpContext http, ClaimsPrincipal caller, InstanceDirectory instances, ChangeFreezes change, IFreezeCalendar calendar, IWorldClock clock, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        return errors.Any ? errors.ToProblem() : Answer(http, await change.EndAsync(of, id, caller.Actor(), cancel), calendar, clock);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        long id, ClaimsPrincipal caller, InstanceDirectory instances, ChangeFreezes change, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        return await change.RemoveAsync(of, id, caller.Actor(), cancel) is Outcome<long>.Refused { Refusal: var no } ? Problems.Of(no) : TypedResults.NoContent();
    }

    private static async Task<Results<Ok<CalendarImportView>, ProblemHttpResult>> ImportAsync(
        CalendarImportBody body, ClaimsPrincipal caller, InstanceDirectory instances, ChangeFreezes change, IFreezeCalendar calendar, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (string.IsNullOrWhiteSpace(body.Text)) errors.Add("text", "Needed: the text of an iCalendar file (.ics).");
        var zone = body.TimeZone ?? "UTC";
        if (calendar.TimeZoneProblem(zone) is { } unknown) errors.Add("timeZone", unknown);
        if (errors.Any) return errors.ToProblem();
        return await change.ImportAsync(of, body.Text!, zone, caller.Actor(), cancel) switch
        {
            Outcome<FreezesImported>.Done { Result: var (added, changed) } => TypedResults.Ok(new CalendarImportView(added, changed)),
            Outcome<FreezesImported>.Refused { Refusal: var no } => Problems.Of(no),
            _ => throw new InvalidOperationException("An outcome is done or refused."),
        };
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ExportAsync(
        InstanceDirectory instances, IFreezeStore store, IFreezeCalendar calendar, IWorldClock clock, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        var text = calendar.Write(await store.ListAsync(of, cancel), clock.Now(of));
        return TypedResults.File(System.Text.Encoding.UTF8.GetBytes(text), "text/calendar; charset=utf-8", "freeze-windows.ics");
    }

    private static Results<Ok<FreezeWindowView>, ProblemHttpResult> Answer(HttpContext http, Outcome<FreezeWindow> outcome, IFreezeCalendar calendar, IWorldClock clock)
    {
        if (outcome is not Outcome<FreezeWindow>.Done { Result: var saved }) return Problems.Of(((Outcome<FreezeWindow>.Refused)outcome).Refusal);
        http.Response.Headers.ETag = Etags.Of(saved.Version);
        return TypedResults.Ok(View(saved, calendar, clock.Now(saved.Instance)));
    }

    private static FreezeWindowView View(FreezeWindow one, IFreezeCalendar calendar, DateTimeOffset now) => FreezeWindowView.Of(one, calendar.Expand(one, new TimeWindow(now, now + Ahead)));
}
