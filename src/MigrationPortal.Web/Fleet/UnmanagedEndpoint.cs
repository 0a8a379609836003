using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <param name="Owner">"group data/etl", "project web/shop" or "instance".</param>
/// <param name="JobsPerDay">Per day of these seven that the portal has watched.</param>
/// <param name="EndsWithGitLab20">Uses docker+machine, which GitLab 20.0 removes.</param>
/// <param name="Answer">What its owner says: <c>done</c>, <c>keep</c> or nothing.</param>
/// <param name="Contradicted">Said to be done, and it has started a job since; null without an answer.</param>
/// <param name="Why">Why it is not managed: <c>groupRunner</c>, <c>projectRunner</c>, <c>protectedOnly</c>, <c>refusesUntagged</c>, <c>executorNotKnown</c>, <c>leftOut</c>.</param>
public sealed record UnmanagedView(
    long Id, string Description, string Owner, string? Executor, IReadOnlyList<string> TagList, bool EndsWithGitLab20, long Finished, double JobsPerDay, string Why, DateTimeOffset? ContactedAt, string? Answer, string? AnswerReason, bool? Contradicted);

/// <param name="Runners">Unmanaged docker+machine runners of the owner on the day.</param>
public sealed record UnmanagedDayView(DateOnly Day, string Owner, int Runners);

/// <summary>Runners that no plan changes, and how fast they become fewer.</summary>
internal static class UnmanagedEndpoint
{
    /// <summary>Whole days, so that jobs a day are of days.</summary>
    public static TimeWindow Week(DateTimeOffset now) => new(new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-6), now);

    public static void MapUnmanaged(this IEndpointRouteBuilder runners)
    {
        runners.MapGet("/unmanaged", ListAsync).RequireScope(TokenScope.Read).Produces<PointsOf<UnmanagedView>>(StatusCodes.Status200OK, "application/json", Csv.Type)
            .WithMetadata(new QueryWords(["format"]), new CompletenessSaid()).WithSummary("Runners that the portal does not manage, with owner and jobs of the last seven days; those that GitLab 20.0 ends first");
        runners.MapGet("/unmanaged/burn-down", DaysAsync).RequireScope(TokenScope.Read).Produces<PointsOf<UnmanagedDayView>>(StatusCodes.Status200OK, "application/json", Csv.Type)
            .WithMetadata(new QueryWords(["format"])).WithSummary("Unmanaged docker+machine runners by day and owner, since the portal watches");
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, InstanceDirectory instances, UnmanagedFleet unmanaged, IOwnerAnswers answers, ReadCompleteness completeness, IWorldClock clock, string? instance, string? owner, string? executor, string? q, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        var week = Week(clock.Now(of));
        var known = await completeness.OfAsync(of, week, cancel);
        var all = await unmanaged.RunAsync(of, week, cancel);
        var said = await answers.ReadAsync(of, cancel);
        return Csv.Answer(http, (all?.Items ?? []).Where(one => new UnmanagedFilter(owner is null ? [] : [owner], executor is null ? [] : [executor], q).Takes(one)).Select(one => View(one, said.GetValueOrDefault(one.Runner.Id))).ToList(), known);
    }

    private static async Task<IResult> DaysAsync(HttpContext http, InstanceDirectory instances, IUnmanagedDays days, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        var rows = await days.ReadAsync(of, DateOnly.MinValue, cancel);
        return Csv.Answer(http, rows.SelectMany(day => day.ByOwner.DefaultIfEmpty(new("", 0)), (day, one) => new UnmanagedDayView(day.Day, one.Key, one.Value)).ToList());
    }

    private static UnmanagedView View(UnmanagedRunner one, OwnerAnswer? said) => new(
        one.Runner.Id.Number, one.Runner.Observed.Description, one.Owner.ToString(), RunnerView.ExecutorOf(one.Runner), [.. one.Runner.Attributes.Tags], one.EndsWithGitLab20,
        one.Finished, one.JobsPerDay, System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(one.Why.ToString()), one.Runner.Observed.ContactedAt, said?.Word, said?.Reason, said?.IsContradictedBy(one.Use.LastStartedAt));
}

/// <summary>Filters of the list of unmanaged runners; the names are those of the address.</summary>
internal sealed record UnmanagedFilter(IReadOnlyList<string> Owners, IReadOnlyList<string> Executors, string? Search)
{
    public bool Takes(UnmanagedRunner one) =>
        (Owners.Count == 0 || Owners.Contains(one.Owner.ToString()))
        && (Executors.Count == 0 || Executors.Contains(RunnerView.ExecutorOf(one.Runner) ?? "unknown"))
        && (Search is null || one.Runner.Observed.Description.Contains(Search, StringComparison.OrdinalIgnoreCase)
            || one.Owner.Name.Contains(Search, StringComparison.OrdinalIgnoreCase) || one.Runner.Attributes.Tags.Any(tag => tag.Contains(Search, StringComparison.OrdinalIgnoreCase)));
}
