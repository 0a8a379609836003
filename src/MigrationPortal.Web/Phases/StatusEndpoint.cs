using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Plans;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <param name="Now">The instance's time.</param>
/// <param name="Next">The next step of the rail; null at its end.</param>
/// <param name="Share">Of the last 24 hours of the instance's time.</param>
/// <param name="DaysToDockerMachineRemoval">Until GitLab 20.0.</param>
public sealed record StatusView(
    string Instance, DateTimeOffset Now, double ClockSpeed, bool ObserveMode, ConnectionView? Connection, ReachedView? Phase, StepView? Next,
    OperationSummary? Operation, AutomationView Automation, IReadOnlyList<ShareView> Share, long PendingJobs, int DaysToDockerMachineRemoval, IReadOnlyList<BudgetView> RequestBudget,
    BudgetUseView RequestBudgetUse, HistoryView? History, IReadOnlyList<AwayView> Brownouts);

/// <summary>A tag that a brownout has taken away and that is not back everywhere.</summary>
/// <param name="Until">When it comes back by itself.</param>
/// <param name="Overdue">It should be back and is not.</param>
/// <param name="Waiting">Jobs that wait for it, as meant; not among those without a runner.</param>
public sealed record AwayView(string Tag, long OperationId, DateTimeOffset From, DateTimeOffset Until, bool Overdue, long Waiting);

public sealed record ConnectionView(bool Reachable, string? Version, bool CanRead, bool CanWrite, DateTimeOffset CheckedAt, IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings);

public sealed record AutomationView(bool On, string? Reason);

/// <param name="Fraction">Of all started jobs; null when none started.</param>
public sealed record ShareView(string Executor, long Started, long Total, double? Fraction, long UntaggedStarted, long UntaggedTotal, double? UntaggedFraction);

/// <summary>Requests to GitLab of the last five minutes, real time.</summary>
public sealed record BudgetView(string Lane, string Purpose, long Taken, long PutOff);

/// <summary>Monitoring's budget in the last whole minutes.</summary>
/// <param name="Fraction">Of the budget used.</param>
/// <param name="HeldUntil">GitLab itself asked for a pause.</param>
/// <param name="Says">What waits for budget, in one sentence.</param>
public sealed record BudgetUseView(double RequestsPerSecond, double Burst, double RequestsPerMinute, double Fraction, DateTimeOffset? HeldUntil, string Says, IReadOnlyList<BudgetLineView> Purposes);

/// <summary>The most important purpose first.</summary>
public sealed record BudgetLineView(string Purpose, double RequestsPerMinute, double Fraction, long PutOff, DateTimeOffset? WaitsSince);

/// <summary>How far the past has been read, newest first.</summary>
/// <param name="CompleteSince">From when on every job is known.</param>
/// <param name="SecondsLeft">At the present budget; null when that cannot be told.</param>
public sealed record HistoryView(bool Complete, DateTimeOffset CompleteSince, DateTimeOffset Oldest, double Fraction, double? SecondsLeft, IReadOnlyList<UnreadView> Unread);

/// <summary>A range of which not all jobs are known; without a begin it goes back without end.</summary>
public sealed record UnreadView(DateTimeOffset? From, DateTimeOffset To, string Reason);

/// <summary>One look at everything.</summary>
internal static class StatusEndpoint
{
    public static void MapStatus(this IEndpointRouteBuilder api) =>
        api.MapGet("/status", GetAsync).RequireScope(TokenScope.Read).WithTags("Phases").WithSummary("Where the migration of an instance stands");

    private static async Task<Results<Ok<StatusView>, ProblemHttpResult>> GetAsync(
        InstanceDirectory instances, IInstanceStore connections, IMigrationStore migration, IOperationStore operations, IInsightReader insights, IJobReader jobs,
        IBudgetStore budget, ReadBudget use, IJobCollection collection, IBrownoutReader brownouts, IWorldClock clock, TimeProvider time, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        var now = clock.Now(of);
        var health = await connections.HealthAsync(of, cancel);
        var state = await migration.StateAsync(of, cancel);
        var running = await operations.UnfinishedAsync(of, cancel);
        var day = new InsightFilter(of, TimeWindow.Last(TimeSpan.FromDays(1), now), Bucket.Hour, Dimension.Executor, null, new Dictionary<Dimension, string>());
        var shares = await insights.SharesAsync(day, cancel);
        var spending = await budget.SpendingAsync(of, BudgetSpending.LastMinutes(5, time.GetUtcNow()), cancel);
        return TypedResults.Ok(new StatusView(
            of.Name, now, clock.Speed(of), health is null ? !instances.Find(of)!.CanWrite : !health.CanWrite,
            health is null ? null : new ConnectionView(health.Reachable, health.Version, health.CanRead, health.CanWrite, health.CheckedAt, health.Problems, health.Warnings),
            state.Current is { } current ? ReachedView.Of(current) : null,
            NextStep.Of(state.Current) is { } next ? StepView.Of(next) : null,
            running is null ? null : OperationSummary.Of(running),
            new AutomationView(state.AutomationOn, state.AutomationReason),
            Shares(shares), await jobs.PendingCountAsync(of, cancel), Attention.DaysToGitLab20(now),
            [.. spending.Select(one => new BudgetView(one.Lane.ToString().ToLowerInvariant(), one.Purpose, one.Taken, one.PutOff))],
            Use(await use.RunAsync(of, cancel)), Past(await collection.ReadAsync(of, cancel)), await AwayAsync(of, brownouts, now, cancel)));
    }

    private static async Task<IReadOnlyList<AwayView>> AwayAsync(InstanceId of, IBrownoutReader brownouts, DateTimeOffset now, CancellationToken cancel)
    {
        var away = new List<AwayView>();
        foreach (var one in (await brownouts.WithinAsync(of, TimeWindow.Last(BrownoutRules.Longest, now), cancel)).Where(one => one.ReturnedAt is null))
            away.Add(new AwayView(one.Tag, one.OperationId, one.From, one.Until, one.IsOverdue(now), (await brownouts.WaitsAsync(one, now, cancel)).Waiting));
        return away;
    }

    private static BudgetUseView Use(BudgetUse use) => new(
        use.Limit.PerSecond, use.Limit.Burst, use.PerMinute, use.Share, use.HeldUntil, use.Says,
        [.. use.Lines.Select(line => new BudgetLineView(line.Purpose.Name, line.PerMinute, line.Share, line.PutOff, line.WaitsSince))]);

    private static HistoryView? Past(JobCollection known) => known.Past is not { } past ? null : new(
        past.IsComplete, past.Reached, past.Oldest, past.Fraction, past.Left?.TotalSeconds,
        [.. known.Unread.Select(range => new UnreadView(range.From == DateTimeOffset.MinValue ? null : range.From, range.To, range.Reason))]);

    // Totals stand beside every executor of a bucket, so each bucket counts once.
    private static IReadOnlyList<ShareView> Shares(IReadOnlyList<SharePoint> points)
    {
        var buckets = points.GroupBy(point => point.At).Select(bucket => bucket.First()).ToList();
        long total = buckets.Sum(bucket => bucket.Total), untagged = buckets.Sum(bucket => bucket.UntaggedTotal);
        return
        [
            .. points.GroupBy(point => point.Executor).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
            {
                long started = group.Sum(point => point.Started), untaggedStarted = group.Sum(point => point.UntaggedStarted);
                return new ShareView(group.Key, started, total, total == 0 ? null : (double)started / total, untaggedStarted, untagged, untagged == 0 ? null : (double)untaggedStarted / untagged);
            }),
        ];
    }
}
