using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Gates;

/// <param name="Key">Such as <c>burst</c>.</param>
/// <param name="Act">What the rule asks for: none, watch (seen once, must persist), hold (alert only), rollBack or evacuate.</param>
public sealed record GuardReadingView(string Key, string Title, string Act, string Value, string Sentence);

/// <summary>The rules of the fast roll back at one moment.</summary>
/// <param name="Act">The most drastic one that a rule asks for.</param>
/// <param name="Done">What the portal did, or why it only alerts; null where nothing was asked for.</param>
/// <param name="OperationId">The operation that was rolled back, or that evacuates.</param>
public sealed record GuardView(long Id, DateTimeOffset At, string Act, string? Done, long? OperationId, IReadOnlyList<GuardReadingView> Rules)
{
    internal static GuardView Of(GuardEvaluation one) => new(
        one.Id, one.At, Word(one.Act), one.Done, one.OperationId,
        [.. one.Readings.Select(reading => new GuardReadingView(reading.Rule, GuardRule.All.Single(rule => rule.Key == reading.Rule).Title, Word(reading.Act), reading.Value, reading.Sentence))]);

    private static string Word(GuardAct act) => act == GuardAct.RollBack ? "rollBack" : act.ToString().ToLowerInvariant();
}

internal static class GuardEndpoints
{
    /// <param name="gates">The group of <c>/gates</c>.</param>
    public static void MapGuard(this IEndpointRouteBuilder gates)
    {
        gates.MapGet("/guard", LatestAsync).RequireScope(TokenScope.Read).WithSummary("The rules of the fast roll back, as last read");
        gates.MapPost("/guard/evaluate", EvaluateAsync).RequireScope(TokenScope.Operate).WithSummary("Asks the rules of the fast roll back now, and does what they ask for, as every five minutes");
        gates.MapGet("/guard/history", HistoryAsync).RequireScope(TokenScope.Read).WithSummary("Every reading at which a rule asked for something, and the last quiet one, newest first");
    }

    private static async Task<Results<Ok<GuardView>, ProblemHttpResult>> EvaluateAsync(InstanceDirectory instances, EvaluateGuard evaluate, ActOnGuard act, IGuardStore store, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        if (await evaluate.RunAsync(of, cancel) is not { } now) return Problems.Of(Refusal.Of("not-in-use", $"Kubernetes is not in use on {of}: before opt-in, and after an evacuation, there is nothing to roll back."));
        await act.RunAsync(now, cancel);
        return TypedResults.Ok(GuardView.Of(await store.LatestAsync(of, cancel) ?? now));
    }

    private static async Task<Results<Ok<GuardView>, ProblemHttpResult>> LatestAsync(InstanceDirectory instances, IGuardStore store, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        return await store.LatestAsync(of, cancel) is { } latest
            ? TypedResults.Ok(GuardView.Of(latest))
            : Problems.Of(Refusal.Of("guard-not-read", $"The roll back rules of {of} have not been asked yet: they are from opt-in on, every five minutes."));
    }

    private static async Task<Results<Ok<PageOf<GuardView>>, ProblemHttpResult>> HistoryAsync(InstanceDirectory instances, IGuardStore store, string? instance, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        var page = paging.Page(await store.NewestAsync(of, paging.Limit + 1, paging.AfterNumber, cancel), one => one, one => one.Id.ToString(CultureInfo.InvariantCulture));
        return TypedResults.Ok(new PageOf<GuardView>([.. page.Items.Select(GuardView.Of)], page.NextCursor));
    }
}
