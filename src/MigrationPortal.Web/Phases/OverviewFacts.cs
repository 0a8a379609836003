using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Insights;

namespace MigrationPortal.Web.Phases;

/// <summary>Where the migration stands and how both executors do, read at one moment.</summary>
/// <param name="Mode">How the next step is taken.</param>
public sealed record OverviewFacts(
    PhaseState State,
    FlipMode Mode,
    FleetSnapshot? Fleet,
    OperationHead? Operation,
    IReadOnlyList<SharePoint> Shares,
    IReadOnlyList<SharePoint> SharesDay,
    IReadOnlyList<RatePoint> Rates,
    IReadOnlyList<RatePoint> RatesDay,
    DateTimeOffset CompleteSince,
    JobCollection Known)
{
    public PlanTarget.ToPhase? Next => NextStep.Of(State.Current);

    public long StartedDay => SharesDay.Sum(point => point.Started);

    public long KubernetesDay => SharesDay.Where(point => point.Executor == "kubernetes").Sum(point => point.Started);
}

/// <summary>What needs somebody, the queue and the load on GitLab: read apart, because drift and pending jobs take longer.</summary>
public sealed record OverviewNeeds(
    IReadOnlyList<Domain.Phases.AttentionItem> Attention,
    long Pending,
    int PendingUnserved,
    IReadOnlyList<BudgetSpending> Spending,
    long DockerMachineJobs,
    long FinishedJobs,
    JobCollection Known);

/// <summary>Reads the overview's facts from the rooms that hold them.</summary>
public sealed class ReadOverview(
    ReadMigration migration, IFleetStore fleet, IMigrationStore store, IOperationStore operations, IInstanceStore instances, IBudgetStore budget,
    IInsightReader insights, IJobReader jobs, IProjectStore projects, IJobCollection collection, IBrownoutReader brownouts, IScheduleStore schedule, ReadAutomationNeeds automation, IWorldClock clock, TimeProvider time)
{
    private static readonly Dictionary<Dimension, string> Everything = [];

    public async Task<OverviewFacts> RunAsync(InstanceId instance, TimeWindow window, Bucket bucket, CancellationToken cancel)
    {
        var now = clock.Now(instance);
        var day = TimeWindow.Last(TimeSpan.FromHours(24), now);
        var completeSince = await insights.CompleteSinceAsync(instance, window, cancel);
        var state = await store.StateAsync(instance, cancel);
        return new OverviewFacts(
            state,
            (await store.SettingsAsync(instance, cancel)).PolicyOf(GateSteps.PhaseOf(state)).Mode,
            await fleet.LatestAsync(instance, cancel),
            await operations.UnfinishedAsync(instance, cancel),
            WholeBuckets.Of(await insights.SharesAsync(Filter(instance, window, bucket, null), cancel), point => point.At, window, completeSince),
            WholeBuckets.Of(await insights.SharesAsync(Filter(instance, day, Bucket.Hour, null), cancel), point => point.At, day, completeSince),
            WholeBuckets.Of(await insights.FailureRatesAsync(Compared(instance, window, bucket), cancel), point => point.At, window, completeSince),
            WholeBuckets.Of(await insights.FailureRatesAsync(Compared(instance, day, Bucket.Hour), cancel), point => point.At, day, completeSince),
            completeSince,
            await collection.ReadAsync(instance, cancel));
    }

    public async Task<OverviewNeeds> NeedsAsync(InstanceId instance, CancellationToken cancel)
    {
        var now = clock.Now(instance);
        var context = await migration.LatestAsync(instance, cancel);
        var state = context?.State ?? await store.StateAsync(instance, cancel);
        var operation = await operations.UnfinishedAsync(instance, cancel);
        var (unserved, awaited) = await UnservedAsync(instance, context, cancel);
        var away = (await brownouts.WithinAsync(instance, TimeWindow.Last(TimeSpan.FromMinutes(1), now), cancel)).Where(one => one.ReturnedAt is null).ToList();
        var perRunner = await jobs.PerRunnerAsync(instance, TimeWindow.Last(TimeSpan.FromHours(24), now), cancel);
        var ending = context?.Fleet.Runners.Where(runner => runner.Observed.Managers.Any(manager => manager.Executor.EndsWithGitLab20)).Select(runner => runner.Id).ToHashSet() ?? [];
        var drift = context is null || operation is not null ? [] : Drift.Of(context);
        return new OverviewNeeds(
            Attention.Of(new AttentionFacts(now, await instances.HealthAsync(instance, cancel), context?.Observed, state, operation, drift, unserved)
            {
                Automation = await automation.RunAsync(instance, drift, cancel),
                Brownouts = away,
                Awaited = awaited,
                Missed = [.. (await schedule.WaitingAsync(instance, cancel)).Where(flip => flip.MissedAt is not null)],
            }),
            await jobs.PendingCountAsync(instance, cancel),
            (int)unserved.Sum(one => one.Jobs),
            await budget.SpendingAsync(instance, BudgetSpending.LastMinutes(1, time.GetUtcNow()), cancel),
            perRunner.Where(one => ending.Contains(one.Key)).Sum(one => one.Value.Sum(hour => hour.Finished)),
            perRunner.Values.Sum(hours => hours.Sum(hour => hour.Finished)),
            await collection.ReadAsync(instance, cancel));
    }

    private async Task<(IReadOnlyList<UnservedPending> Unserved, IReadOnlyList<UnservedPending> Awaited)> UnservedAsync(InstanceId instance, DesireContext? context, CancellationToken cancel)
    {
        if (context is null) return ([], []);
        var waiting = await jobs.PendingAsync(instance, 500, cancel);
        var known = await projects.FindAsync([.. waiting.Select(job => job.Project).Distinct()], cancel);
        // What would be served if a brownout gave its tag back waits for that.
        ServiceIndex now = new(context.Observed), returned = new(context.Fleet);
        var lacking = waiting.Where(job => job.Tags is not null && !IsServed(now, job)).ToLookup(job => IsServed(returned, job));
        return (Sets(lacking[false]), Sets(lacking[true]));

        bool IsServed(ServiceIndex by, JobRow job) => by.IsServed(new JobNeeds(job.Tags!, job.Protected, job.Project), known.GetValueOrDefault(job.Project)?.Access);
    }

    private static IReadOnlyList<UnservedPending> Sets(IEnumerable<JobRow> jobs) =>
        [.. jobs.GroupBy(job => job.Tags!).Select(group => new UnservedPending(group.Key, group.Count(), group.Select(job => job.Project).Distinct().Count()))];

    private static InsightFilter Compared(InstanceId instance, TimeWindow window, Bucket bucket) =>
        Filter(instance, window, bucket, FailureKind.Infrastructure) with { ManagedOnly = true };

    private static InsightFilter Filter(InstanceId instance, TimeWindow window, Bucket bucket, FailureKind? kind) =>
        new(instance, window, bucket, Dimension.Executor, kind, Everything);
}
