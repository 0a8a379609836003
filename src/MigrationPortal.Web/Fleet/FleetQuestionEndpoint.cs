using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <param name="SystemId">The manager, where the question is about managers; else null.</param>
/// <param name="LastStartedAt">When its last job started, as far as the portal has seen.</param>
/// <param name="Of">How many runners (managers for <c>versions</c>) were looked at.</param>
public sealed record FleetAnswerView(
    long Id, string Description, string RunnerType, bool Managed, RunnerRole? Role, string? Executor, IReadOnlyList<string> TagList, bool Paused,
    string? SystemId, string? Version, string Status, DateTimeOffset? ContactedAt, DateTimeOffset? LastStartedAt, long Of);

/// <summary>Six questions that fleet admins ask every day, each with an address of its own.</summary>
internal static class FleetQuestionEndpoint
{
    private const int MostDays = 365;

    public static void MapFleetQuestions(this IEndpointRouteBuilder runners) => runners.MapGet("/questions/{ask}", AnswerAsync).RequireScope(TokenScope.Read)
        .Produces<PointsOf<FleetAnswerView>>(StatusCodes.Status200OK, "application/json", Csv.Type).WithMetadata(new QueryWords(["format"]), new CompletenessSaid())
        .WithSummary("Saved questions about the fleet: tag, online, no-manager, versions, silent, idle");

    private static async Task<IResult> AnswerAsync(
        string ask, HttpContext http, InstanceDirectory instances, IFleetStore fleet, IRunnerUse use, ReadCompleteness completeness, IWorldClock clock, string? instance, string? tag, bool? managed, int? days, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var question = errors.OneOf("ask", ask, FleetAskWords.Keys) ?? FleetQuestion.AllOnline;
        if (days is < 1 or > MostDays) errors.Add("days", $"Must lie between 1 and {MostDays}.");
        if (errors.Any) return errors.ToProblem();
        if (await fleet.LatestAsync(of, cancel) is not { } snapshot) return Csv.Answer(http, Array.Empty<FleetAnswerView>());
        var asked = new FleetAsk(question, tag, days ?? 7, managed);
        var window = FleetQuestions.Window(asked, clock.Now(of));
        // The other questions are about the snapshot alone.
        var known = question == FleetQuestion.RanNothing ? await completeness.OfAsync(of, window, cancel) : null;
        var answer = FleetQuestions.Answer(asked, snapshot, await use.ReadAsync(of, window, cancel));
        return Csv.Answer(http, answer.Rows.Select(row => View(row, answer.Of)).ToList(), known);
    }

    private static FleetAnswerView View(FleetAnswerRow row, long of)
    {
        var (runner, manager) = (row.Runner, row.Manager);
        return new FleetAnswerView(
            runner.Id.Number, runner.Observed.Description, RunnerView.TypeWord(runner.Observed.Type), runner.Standing.Managed, runner.Standing.Role,
            manager?.Executor.Name ?? RunnerView.ExecutorOf(runner), [.. runner.Attributes.Tags], runner.Attributes.Paused, manager?.SystemId, manager?.Version,
            RunnerView.StatusWord(manager?.Status ?? runner.Observed.Status), manager is null ? runner.Observed.ContactedAt : manager.ContactedAt, row.LastStartedAt, of);
    }
}
