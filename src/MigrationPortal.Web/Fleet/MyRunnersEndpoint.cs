using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Cohorts;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <param name="Answer"><c>done</c> or <c>keep</c>.</param>
/// <param name="Reason">Needed where the runner is kept.</param>
public sealed record OwnerAnswerBody(string? Answer, string? Reason);

/// <param name="Contradicted">Said to be done, and it has started a job since.</param>
public sealed record OwnerAnswerView(string Answer, string? Reason, DateTimeOffset At, bool Contradicted);

/// <param name="Owner">"group data/etl" or "project web/shop".</param>
/// <param name="JobsPerDay7">Over the last seven days, of those that the portal has watched.</param>
/// <param name="DaysLeft">Until GitLab 20.0 removes its executor; null where the executor stays.</param>
/// <param name="Answer">Null: its owners have said nothing.</param>
public sealed record OwnedRunnerView(
    long Id, string Description, string Owner, string? Executor, IReadOnlyList<string> TagList, double JobsPerDay7, double JobsPerDay28, DateTimeOffset? LastStartedAt, int? DaysLeft, OwnerAnswerView? Answer)
{
    internal static OwnedRunnerView Of(OwnedRunner one, DateTimeOffset now) => new(
        one.Id.Number, one.Runner.Runner.Observed.Description, one.Runner.Owner.ToString(), RunnerView.ExecutorOf(one.Runner.Runner), [.. one.Runner.Runner.Attributes.Tags],
        one.JobsPerDayOfWeek, one.Runner.JobsPerDay, one.Runner.Use.LastStartedAt, one.Runner.EndsWithGitLab20 ? Attention.DaysToGitLab20(now) : null,
        one.Answer is { } answer ? new(answer.Word, answer.Reason, answer.At, one.IsContradicted) : null);
}

/// <summary>Docker runners of groups and projects: their owners say what becomes of them.</summary>
internal static class MyRunnersEndpoint
{
    private const int LongestReason = 500;

    public static void MapMyRunners(this IEndpointRouteBuilder api)
    {
        api.MapGet("/my-runners", ListAsync).RequireScope(TokenScope.SelfService, TokenScope.Read).WithTags("Fleet").WithSummary("The caller's own docker runners, with jobs a day, days left and what was answered");
        api.MapPut("/my-runners/{id:long}/answer", PutAsync).RequireScope(TokenScope.SelfService, TokenScope.Operate).WithTags("Fleet").WithSummary("Says that a runner's jobs have moved, or that it stays and why; nothing of the runner is changed");
        api.MapDelete("/my-runners/{id:long}/answer", DeleteAsync).RequireScope(TokenScope.SelfService, TokenScope.Operate).WithTags("Fleet").WithSummary("Takes the answer back");
    }

    private static async Task<Results<Ok<PointsOf<OwnedRunnerView>>, ProblemHttpResult>> ListAsync(
        ClaimsPrincipal caller, InstanceDirectory instances, MyRunnersReading reading, IWorldClock clock, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        var mine = await reading.OfAsync(caller, of, cancel) ?? (caller.Holds(TokenScope.Read) ? await reading.AllAsync(of, cancel) : null);
        return mine is null ? ProjectDoor.NoSession() : TypedResults.Ok(new PointsOf<OwnedRunnerView>([.. mine.Select(one => OwnedRunnerView.Of(one, clock.Now(of)))]));
    }

    private static async Task<Results<Ok<OwnedRunnerView>, ProblemHttpResult>> PutAsync(
        long id, OwnerAnswerBody body, ClaimsPrincipal caller, InstanceDirectory instances, MyRunnersReading reading, AnswerForRunner answer, IWorldClock clock, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var says = errors.OneOf<OwnerSays>("answer", body.Answer, [("done", OwnerSays.Done), ("keep", OwnerSays.Keep)]);
        if (body.Answer is null) errors.Add("answer", "Needed: done or keep.");
        if (body.Reason?.Length > LongestReason) errors.Add("reason", $"At most {LongestReason} characters.");
        return errors.Any ? errors.ToProblem() : await AnswerAsync(id, says, body.Reason, caller, instances, reading, answer, clock, instance, cancel);
    }

    private static Task<Results<Ok<OwnedRunnerView>, ProblemHttpResult>> DeleteAsync(
        long id, ClaimsPrincipal caller, InstanceDirectory instances, MyRunnersReading reading, AnswerForRunner answer, IWorldClock clock, string? instance, CancellationToken cancel) =>
        AnswerAsync(id, null, null, caller, instances, reading, answer, clock, instance, cancel);

    // Somebody else's runner reads like one that is not there.
    private static async Task<Results<Ok<OwnedRunnerView>, ProblemHttpResult>> AnswerAsync(
        long id, OwnerSays? says, string? reason, ClaimsPrincipal caller, InstanceDirectory instances, MyRunnersReading reading, AnswerForRunner answer, IWorldClock clock, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        var operates = caller.Holds(TokenScope.Operate);
        var open = operates ? await reading.AllAsync(of, cancel) : await reading.OfAsync(caller, of, cancel);
        if (open is null) return ProjectDoor.NoSession();
        if (open.All(one => one.Id.Number != id)) return Problems.NotFound($"docker runner {id} of yours on {of}");
        if (await answer.RunAsync(new RunnerId(of, id), says, reason, caller.Actor(), cancel) is Outcome<OwnerAnswer?>.Refused { Refusal: var no }) return Problems.Of(no);
        return TypedResults.Ok(OwnedRunnerView.Of((await reading.AllAsync(of, cancel)).First(one => one.Id.Number == id), clock.Now(of)));
    }
}
