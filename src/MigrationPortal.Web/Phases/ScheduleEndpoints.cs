using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Plans;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <param name="DueAt">The instance's time.</param>
/// <param name="Missed">What happens when it cannot begin within five minutes of that: <c>ask</c> (left out), <c>run</c> up to an hour late, or <c>skip</c>.</param>
public sealed record FlipBody(JsonElement? Target, string? DueAt, string? Reason, IReadOnlyList<string>? Overrides, string? Missed = null);

/// <param name="MissedAt">Set when it was missed and waits for an answer: run it, or take it off.</param>
/// <param name="HeldUntil">Set when it was due in a freeze window: that window's end, at which it counts as missed.</param>
/// <param name="HeldBy">The name of that window; of all of them, separated by commas, where several overlap or follow each other without a gap.</param>
public sealed record FlipView(
    long Id, JsonElement Target, string Title, DateTimeOffset DueAt, string By, string Reason, IReadOnlyList<string> Overrides, MissedRule Missed, DateTimeOffset? MissedAt, string? MissedWhy,
    DateTimeOffset? HeldUntil, string? HeldBy)
{
    internal static FlipView Of(ScheduledFlip flip) => new(
        flip.Id, JsonSerializer.Deserialize<JsonElement>(PlanTargetJson.Write(flip.Target)), TargetWords.Title(flip.Target), flip.DueAt, flip.By.ToString(), flip.Reason, flip.Overrides,
        flip.Missed, flip.MissedAt, flip.MissedWhy, flip.HeldUntil, flip.HeldBy);
}

/// <summary>Flips and ramp steps that plan and apply themselves at a time of the instance, and the one switch that stops them.</summary>
internal static class ScheduleEndpoints
{
    public static void MapSchedule(this IEndpointRouteBuilder api)
    {
        var schedule = api.MapGroup("/schedule").WithTags("Phases");
        schedule.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("What waits on the schedule, soonest first");
        schedule.MapPost("", AddAsync).RequireScope(TokenScope.Operate).WithSummary("Schedules a plan target");
        schedule.MapPost("/{id:long}/run", RunAsync).RequireScope(TokenScope.Operate).WithSummary("Begins a missed flip now: the answer that it asks for");
        schedule.MapDelete("/{id:long}", RemoveAsync).RequireScope(TokenScope.Operate).WithSummary("Takes one off the schedule");
        var automation = api.MapGroup("/automation").WithTags("Phases");
        automation.MapPost("/stop", (ReasonBody? body, ClaimsPrincipal caller, InstanceDirectory instances, SwitchAutomation use, string? instance, CancellationToken cancel) =>
            SwitchAsync(false, body, caller, instances, use, instance, cancel)).RequireScope(TokenScope.Operate).WithSummary("Nothing flips by itself any more; people still can");
        automation.MapPost("/start", (ReasonBody? body, ClaimsPrincipal caller, InstanceDirectory instances, SwitchAutomation use, string? instance, CancellationToken cancel) =>
            SwitchAsync(true, body, caller, instances, use, instance, cancel)).RequireScope(TokenScope.Operate).WithSummary("What is scheduled runs again");
    }

    private static async Task<Results<Ok<PageOf<FlipView>>, ProblemHttpResult>> ListAsync(
        InstanceDirectory instances, IScheduleStore store, string? instance, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var paging = Paging.Read(limit, cursor, errors, byNumber: false);
        // The cursor is the place in the order, so that a row which leaves the schedule between two pages does no harm.
        var after = paging.After is null ? (0, 0) : Place(paging.After, errors);
        if (errors.Any) return errors.ToProblem();
        var rows = (await store.WaitingAsync(of, cancel)).Where(flip => (flip.DueAt.UtcTicks, flip.Id).CompareTo(after) > 0)
            .OrderBy(flip => flip.DueAt).ThenBy(flip => flip.Id).Take(paging.Limit + 1).ToList();
        return TypedResults.Ok(paging.Page(rows, FlipView.Of, flip => string.Create(CultureInfo.InvariantCulture, $"{flip.DueAt.UtcTicks}.{flip.Id}")));
    }

    private static (long Ticks, long Id) Place(string after, RequestErrors errors)
    {
        if (after.Split('.') is [var due, var id] && long.TryParse(due, CultureInfo.InvariantCulture, out var ticks) && long.TryParse(id, CultureInfo.InvariantCulture, out var last)) return (ticks, last);
        errors.Add("cursor", Paging.NotACursor);
        return default;
    }

    private static async Task<Results<Created<FlipView>, ProblemHttpResult>> AddAsync(
        FlipBody body, ClaimsPrincipal caller, InstanceDirectory instances, ScheduleFlip schedule, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var target = TargetField.Read(body.Target, errors);
        if (body.DueAt is null) errors.Add("dueAt", "Needed: a time of the instance, ISO 8601 in UTC.");
        var due = errors.Time("dueAt", body.DueAt);
        var reason = errors.Text("reason", body.Reason, 2000);
        var missed = body.Missed switch { null or "ask" => MissedRule.Ask, "run" => MissedRule.Run, "skip" => MissedRule.Skip, _ => (MissedRule?)null };
        if (missed is null) errors.Add("missed", "Must be ask, run or skip.");
        if (errors.Any || target is null || due is null || missed is not { } rule) return errors.ToProblem();
        if (OverrideRight.Lacking(caller, body.Overrides) is { } lacking) return lacking;
        return await schedule.RunAsync(of, target, due.Value, caller.Actor(), reason, body.Overrides ?? [], cancel, rule) switch
        {
            Outcome<ScheduledFlip>.Done { Result: var flip } => TypedResults.Created($"/api/v1/schedule/{flip.Id}", FlipView.Of(flip)),
            Outcome<ScheduledFlip>.Refused { Refusal: var no } => Problems.Of(no),
            _ => throw new InvalidOperationException("An outcome is done or refused."),
        };
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RunAsync(
        long id, ReasonBody? body, ClaimsPrincipal caller, InstanceDirectory instances, ScheduleFlip schedule, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var reason = errors.Note("reason", body?.Reason, 2000);
        if (errors.Any) return errors.ToProblem();
        return await schedule.RunNowAsync(of, id, caller.Actor(), reason, cancel) is Outcome<long>.Refused { Refusal: var no } ? Problems.Of(no) : TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        long id, ClaimsPrincipal caller, InstanceDirectory instances, ScheduleFlip schedule, string? instance, string? reason, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        return await schedule.RemoveAsync(of, id, caller.Actor(), reason, cancel) is Outcome<long>.Refused { Refusal: var no } ? Problems.Of(no) : TypedResults.NoContent();
    }

    private static async Task<Results<Ok<AutomationView>, ProblemHttpResult>> SwitchAsync(
        bool on, ReasonBody? body, ClaimsPrincipal caller, InstanceDirectory instances, SwitchAutomation use, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var reason = errors.Note("reason", body?.Reason, 2000);
        if (errors.Any) return errors.ToProblem();
        var state = await use.RunAsync(of, on, reason, caller.Actor(), cancel);
        return TypedResults.Ok(new AutomationView(state.AutomationOn, state.AutomationReason));
    }
}
