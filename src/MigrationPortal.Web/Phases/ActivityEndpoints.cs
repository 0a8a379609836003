using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <param name="Href">Path in the portal.</param>
public sealed record ActLinkView(string Title, string Href);

/// <summary>An automatic act, explained.</summary>
/// <param name="Id">Sequence number of its entry in the audit trail.</param>
/// <param name="At">The instance's time.</param>
/// <param name="Kind">Such as <c>flip</c>, <c>scheduledFlip</c>, <c>missedFlip</c>, <c>held</c>, <c>brownout</c>, <c>rollBack</c>, <c>evacuation</c>, <c>heal</c>, <c>alert</c>, <c>halt</c>, <c>switch</c> or <c>other</c>.</param>
/// <param name="Paragraph">What was done and when, why with its figures, what it changed, what became of it, and how it is undone.</param>
/// <param name="Runners">Names of those that it changed.</param>
/// <param name="GateEvaluationId">That let it through: <c>GET /gates/all/replay?evaluation=</c> computes it again.</param>
/// <param name="GuardEvaluationId">That asked for it.</param>
/// <param name="Undo">The page on which it is undone or answered; null where nothing can be.</param>
public sealed record ActView(
    long Id, DateTimeOffset At, string Kind, string Title, string Paragraph, long? OperationId, long? PlanId, IReadOnlyList<string> Runners, long? GateEvaluationId, long? GuardEvaluationId, long? ScheduleId,
    ActLinkView? Undo, IReadOnlyList<ActLinkView> Evidence)
{
    internal static ActView Of(AutomaticAct act, ActorNames names, DateTimeOffset now)
    {
        var said = ActExplained.Of(act, who => names[who], now);
        return new ActView(
            act.Record.Sequence, act.Record.Entry.At, ActKinds.WordOf(act.Kind), said.Title, said.Paragraph, act.Operation?.Head.Id, act.Operation?.Head.PlanId, act.Operation?.Runners ?? [],
            act.Gates?.Id, act.Guard?.Id, act.Flip?.Id, said.Undo is { } undo ? Of(undo) : null, [.. said.Evidence.Select(Of)]);
    }

    internal static ActLinkView Of(ActLink link) => new(link.Title, link.Href);
}

/// <summary>What the portal will do by itself, and why it has not yet.</summary>
/// <param name="Code"><c>operation</c>, <c>step</c>, <c>schedule</c> or <c>guard</c>.</param>
/// <param name="At">When, or not before when, about; null where nobody can tell.</param>
/// <param name="Holds">What keeps it from acting now; empty: only its condition or its time.</param>
public sealed record ComingActView(string Code, string Title, DateTimeOffset? At, string Says, IReadOnlyList<string> Holds, ActLinkView Where)
{
    internal static ComingActView Of(ComingAct act) => new(act.Code, act.Title, act.At, act.Says, act.Holds, ActView.Of(act.Where));
}

internal static class ActivityEndpoints
{
    public static void MapActivity(this IEndpointRouteBuilder api)
    {
        var activity = api.MapGroup("/activity").WithTags("Phases").RequireScope(TokenScope.Read);
        activity.MapGet("", ListAsync).WithSummary("What the portal did by itself, newest first, each act explained in a paragraph with its evidence; several kinds are separated by commas");
        activity.MapGet("/next", NextAsync).WithSummary("What the portal will do by itself, and why it has not yet");
    }

    private static async Task<Results<Ok<PageOf<ActView>>, ProblemHttpResult>> ListAsync(
        InstanceDirectory instances, IActReader reader, PeopleNames people, IWorldClock clock, string? instance, string? kind, string? from, string? to, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var kinds = ActKinds.Read(kind, errors);
        var (begin, end) = (errors.Time("from", from), errors.Time("to", to));
        if (begin >= end) errors.Add("from", "Must lie before 'to'.");
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        var acts = await reader.NewestAsync(new ActQuery(of, kinds, begin, end, paging.Limit + 1, paging.AfterNumber), cancel);
        var names = await people.OfAsync(ActKinds.PeopleOf(acts), cancel);
        var now = clock.Now(of);
        return TypedResults.Ok(paging.Page(acts, act => ActView.Of(act, names, now), act => act.Record.Sequence.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Ok<PageOf<ComingActView>>, ProblemHttpResult>> NextAsync(InstanceDirectory instances, ReadComingActs read, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        return TypedResults.Ok(new PageOf<ComingActView>([.. (await read.RunAsync(of, cancel)).Select(ComingActView.Of)], null));
    }
}
