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

/// <param name="Otherwise">From this severity on (<c>info</c>, <c>attention</c>, <c>critical</c>), or <c>never</c>; for events that are not named.</param>
/// <param name="Events">The same for single events, such as <c>operation.halted</c>.</param>
public sealed record ChannelRules(string? Otherwise, IReadOnlyDictionary<string, string>? Events)
{
    internal static ChannelRules Of(NoticeRules rules) => new(NoticeWords.Of(rules.Otherwise), rules.Kinds.ToDictionary(one => one.Key, one => NoticeWords.Of(one.Value)));
}

/// <summary>One message a period for a project's people, instead of single notices; only for the kind <c>digest</c>.</summary>
/// <param name="Path">Full path of a project, or of a group with all that is below it.</param>
/// <param name="Every"><c>day</c> or <c>week</c>, on Mondays.</param>
/// <param name="Hour">0 to 23, UTC.</param>
public sealed record DigestView(string? Path, string? Every, int? Hour)
{
    private static readonly (string, DigestEvery)[] Periods = [("day", DigestEvery.Day), ("week", DigestEvery.Week)];

    internal static DigestView? Of(DigestPlan? plan) => plan is null ? null : new(plan.Path, plan.Every.ToString().ToLowerInvariant(), plan.Hour);

    internal DigestPlan Plan(DigestPlan? before, RequestErrors errors) =>
        new(Path ?? before?.Path ?? "", errors.OneOf("digest.every", Every, Periods) ?? before?.Every ?? DigestEvery.Day, Hour ?? before?.Hour ?? 6);
}

/// <param name="Kind"><c>mail</c>, <c>webhook</c>, <c>mattermost</c>, <c>slack</c> or <c>digest</c>.</param>
/// <param name="Place">Recipients, or the address without its path.</param>
/// <param name="Waiting">Messages that are still tried.</param>
/// <param name="GivenUp">Messages given up in the last 24 hours.</param>
/// <param name="Trouble">What the last failed try answered, while nothing was delivered since.</param>
/// <param name="SigningSecret">Only in the answer that added a webhook without one: the portal made it, and never shows it again.</param>
public sealed record ChannelView(
    long Id, string Name, string Kind, bool On, string Place, ChannelRules Rules, long Waiting, long GivenUp, DateTimeOffset? LastDeliveredAt, string? Trouble, string? SigningSecret, DigestView? Digest)
{
    internal static ChannelView Of(NoticeChannel one, ChannelUse? use, string? secret = null) => new(
        one.Id, one.Name, NoticeWords.Of(one.Kind), one.IsOn, one.Place, ChannelRules.Of(one.Rules), use?.Waiting ?? 0, use?.GivenUp ?? 0, use?.LastDeliveredAt, use?.Trouble, secret, DigestView.Of(one.Rules.Digest));
}

/// <param name="To">Mail and digest: recipients.</param>
/// <param name="Url">Webhook and chat; written, never shown again.</param>
/// <param name="SigningSecret">Webhook: <c>whsec_</c> and base64 (standardwebhooks.com); left out, the portal makes one.</param>
public sealed record ChannelBody(string? Name, string? Kind, bool? On, IReadOnlyList<string>? To, string? Url, string? SigningSecret, ChannelRules? Rules, DigestView? Digest = null);

/// <param name="Answer">The receiver's own words, or what went wrong.</param>
public sealed record TestView(bool Delivered, string Answer);

/// <summary>Where notices go: e-mail, signed webhooks, chats. For administrators.</summary>
internal static class ChannelEndpoints
{
    private static readonly (string, NoticeSeverity)[] Severities = [.. Enum.GetValues<NoticeSeverity>().Select(one => (NoticeWords.Of(one), one))];

    public static void MapChannels(this IEndpointRouteBuilder api)
    {
        var channels = api.MapGroup("/notices/channels").WithTags("Notices").RequireScope(TokenScope.Admin);
        channels.MapGet("", ListAsync).WithSummary("Channels with their rules and how they fare, without what is secret");
        channels.MapPost("", AddAsync).WithSummary("Adds a channel; a signing secret that the portal makes is in this answer only");
        channels.MapPut("/{id:long}", SaveAsync).TakesVersion().WithSummary("Changes a channel; what is left out stays");
        channels.MapDelete("/{id:long}", RemoveAsync).WithSummary("Removes a channel, and what waits for it");
        channels.MapPost("/{id:long}/test", TestAsync).WithSummary("Sends a test over the channel at once, and answers what the receiver said");
    }

    private static async Task<Results<Ok<PageOf<ChannelView>>, ProblemHttpResult>> ListAsync(
        IChannelStore store, IDeliveryStore deliveries, TimeProvider time, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        var use = (await deliveries.UseAsync(time.GetUtcNow(), cancel)).ToDictionary(one => one.Channel);
        var rows = (await store.ListAsync(cancel)).Where(one => paging.AfterNumber is null || one.Id > paging.AfterNumber).OrderBy(one => one.Id).Take(paging.Limit + 1).ToList();
        return TypedResults.Ok(paging.Page(rows, one => ChannelView.Of(one, use.GetValueOrDefault(one.Id)), one => one.Id.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Created<ChannelView>, ProblemHttpResult>> AddAsync(ChannelBody body, ClaimsPrincipal caller, HttpContext http, ChangeChannel change, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        if (body.Kind is null) errors.Add("kind", $"Needed: one of {string.Join(", ", NoticeWords.Kinds.Select(one => one.Word))}.");
        var wish = Wish(body, null, errors);
        if (errors.Any) return errors.ToProblem();
        switch (await change.AddAsync(wish, caller.Actor(), cancel))
        {
            case Outcome<ChannelChanged>.Done { Result: var added }:
                http.Response.Headers.CacheControl = "no-store";
                return TypedResults.Created($"/api/v1/notices/channels/{added.Channel.Id}", ChannelView.Of(added.Channel, null, added.MadeSecret));
            case Outcome<ChannelChanged>.Refused { Refusal: var no }:
                return Problems.Of(no);
            default:
                throw new InvalidOperationException("An outcome is done or refused.");
        }
    }

    private static async Task<Results<Ok<ChannelView>, ProblemHttpResult>> SaveAsync(
        long id, ChannelBody body, ClaimsPrincipal caller, HttpContext http, IChannelStore store, ChangeChannel change, CancellationToken cancel)
    {
        if (await store.FindAsync(id, cancel) is not { } before) return Problems.NotFound($"channel {id}");
        if (Etags.Stale(http, Etags.Of(before.Version)) is { } stale) return stale;
        var errors = new RequestErrors();
        var wish = Wish(body, before, errors);
        if (errors.Any) return errors.ToProblem();
        switch (await change.SaveAsync(id, wish, caller.Actor(), cancel))
        {
            case Outcome<ChannelChanged>.Done { Result.Channel: var saved }:
                http.Response.Headers.ETag = Etags.Of(saved.Version);
                return TypedResults.Ok(ChannelView.Of(saved, null));
            case Outcome<ChannelChanged>.Refused { Refusal: var no }:
                return Problems.Of(no);
            default:
                throw new InvalidOperationException("An outcome is done or refused.");
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(long id, ClaimsPrincipal caller, ChangeChannel change, CancellationToken cancel) =>
        await change.RemoveAsync(id, caller.Actor(), cancel) is Outcome<long>.Refused { Refusal: var no } ? Problems.Of(no) : TypedResults.NoContent();

    private static async Task<Results<Ok<TestView>, ProblemHttpResult>> TestAsync(long id, ClaimsPrincipal caller, InstanceDirectory instances, TestChannel test, CancellationToken cancel) =>
        await test.RunAsync(id, instances.Production.Id, caller.Actor(), cancel) switch
        {
            Outcome<SendAnswer>.Done { Result: var answer } => TypedResults.Ok(new TestView(answer.IsDelivered, answer.Said)),
            Outcome<SendAnswer>.Refused { Refusal: var no } => Problems.Of(no),
            _ => throw new InvalidOperationException("An outcome is done or refused."),
        };

    private static ChannelWish Wish(ChannelBody body, NoticeChannel? before, RequestErrors errors)
    {
        var kind = errors.OneOf("kind", body.Kind, NoticeWords.Kinds) ?? before?.Kind ?? ChannelKind.Webhook;
        var rules = Rules(body.Rules, errors) ?? before?.Rules ?? NoticeRules.Usual;
        rules = rules with { Digest = body.Digest?.Plan(before?.Rules.Digest, errors) ?? before?.Rules.Digest };
        var wish = new ChannelWish(body.Name ?? before?.Name ?? "", kind, body.On ?? before?.IsOn ?? true, body.To, body.Url, body.SigningSecret, rules);
        // A kind that is not known would make every other sentence wrong.
        if (!errors.Any)
            foreach (var (field, sentence) in wish.Problems(before is null)) errors.Add(field, sentence);
        return wish;
    }

    private static NoticeRules? Rules(ChannelRules? rules, RequestErrors errors)
    {
        if (rules is null) return null;
        NoticeSeverity? Least(string field, string? word) => word == NoticeWords.Never ? null : errors.OneOf(field, word, [.. Severities, (NoticeWords.Never, default)]);
        return new NoticeRules(
            rules.Otherwise is null ? NoticeRules.Usual.Otherwise : Least("rules.otherwise", rules.Otherwise),
            (rules.Events ?? new Dictionary<string, string>()).ToDictionary(one => one.Key, one => Least($"rules.events.{one.Key}", one.Value)));
    }
}
