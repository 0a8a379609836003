using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Notices;

/// <param name="Kind">What it is about, such as <c>operation.halted</c>.</param>
/// <param name="Severity"><c>info</c>, <c>attention</c> or <c>critical</c>.</param>
/// <param name="Link">Path in the portal.</param>
/// <param name="At">The instance's time.</param>
public sealed record NoticeView(
    long Id, string Instance, string Kind, string Severity, string Sentence, IReadOnlyList<NoticeNumber> Numbers, string Link, DateTimeOffset At, string? TakenBy, DateTimeOffset? TakenAt)
{
    internal static NoticeView Of(StoredNotice one) => new(
        one.Id, one.Notice.Instance.Name, one.Notice.Kind.Name, NoticeWords.Of(one.Notice.Severity), one.Notice.Sentence, one.Notice.Numbers, one.Notice.Link, one.Notice.At,
        one.TakenBy?.ToString(), one.TakenAt);
}

/// <param name="Over">True: also from somebody else who has it.</param>
public sealed record TakeBody(bool? Over);

/// <param name="State"><c>waiting</c>, <c>delivered</c> or <c>givenUp</c>. Times are real.</param>
/// <param name="DueAt">Of the next try, while it waits.</param>
/// <param name="Said">What the last try answered.</param>
public sealed record DeliveryView(Guid Id, long NoticeId, string Sentence, long ChannelId, string State, int Tries, DateTimeOffset QueuedAt, DateTimeOffset? DueAt, DateTimeOffset? EndedAt, string? Said)
{
    internal static DeliveryView Of(Delivery one) => new(
        one.Id, one.Notice.Id, one.Notice.Notice.Sentence, one.Channel, NoticeWords.Of(one.State), one.Tries, one.QueuedAt, one.State == DeliveryState.Waiting ? one.DueAt : null, one.EndedAt, one.Said);
}

/// <summary>What was told, who has taken it, and how it travels.</summary>
internal static class NoticeEndpoints
{
    private static readonly (string, NoticeFilter)[] Filters = [("all", NoticeFilter.All), ("alerts", NoticeFilter.Alerts), ("open", NoticeFilter.Open)];
    private static readonly (string, DeliveryState)[] States = [.. Enum.GetValues<DeliveryState>().Select(state => (NoticeWords.Of(state), state))];

    public static void MapNotices(this IEndpointRouteBuilder api)
    {
        var notices = api.MapGroup("/notices").WithTags("Notices");
        notices.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("What was told, newest first; show=alerts for what somebody should look at, show=open for what nobody has taken");
        notices.MapPost("/{id:long}/take", TakeAsync).RequireScope(TokenScope.Operate).WithSummary("The caller looks after this alert");
        notices.MapGet("/deliveries", DeliveriesAsync).RequireScope(TokenScope.Admin).WithSummary("Messages on their way and those that ended, newest first");
    }

    private static async Task<Results<Ok<PageOf<NoticeView>>, ProblemHttpResult>> ListAsync(
        INoticeStore store, InstanceDirectory instances, string? show, string? instance, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var filter = errors.OneOf("show", show, Filters) ?? NoticeFilter.All;
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        var rows = await store.NewestAsync(of, filter, paging.Limit + 1, paging.AfterNumber, cancel);
        return TypedResults.Ok(paging.Page(rows, NoticeView.Of, row => row.Id.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Ok<NoticeView>, ProblemHttpResult>> TakeAsync(long id, TakeBody? body, ClaimsPrincipal caller, TakeNotice take, CancellationToken cancel) =>
        await take.RunAsync(id, caller.Actor(), body?.Over == true, cancel) switch
        {
            Outcome<StoredNotice>.Done { Result: var taken } => TypedResults.Ok(NoticeView.Of(taken)),
            Outcome<StoredNotice>.Refused { Refusal: var no } => Problems.Of(no),
            _ => throw new InvalidOperationException("An outcome is done or refused."),
        };

    private static async Task<Results<Ok<PageOf<DeliveryView>>, ProblemHttpResult>> DeliveriesAsync(
        IDeliveryStore store, string? state, long? channel, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = errors.OneOf("state", state, States);
        var paging = Paging.Read(limit, cursor, errors, byNumber: false);
        Guid? before = null;
        if (paging.After is { } after)
        {
            if (Guid.TryParse(after, out var last)) before = last;
            else errors.Add("cursor", Paging.NotACursor);
        }
        if (errors.Any) return errors.ToProblem();
        var rows = await store.NewestAsync(of, channel, paging.Limit + 1, before, cancel);
        return TypedResults.Ok(paging.Page(rows, DeliveryView.Of, row => row.Id.ToString()));
    }
}
