using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Jobs;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Insights;

/// <summary>Rankings, chosen values and left-out hours: each against the same question asked of single jobs in memory.</summary>
public sealed class ExplorerReaderTests(PostgresFixture postgres)
{
    private static readonly TimeWindow Days = new(new(StoreFixture.Noon.Date, TimeSpan.Zero), new(StoreFixture.Noon.Date.AddDays(3), TimeSpan.Zero));
    private static readonly string[] Reasons = ["script_failure", "runner_system_failure", "job_execution_timeout"];
    private static readonly TagSet[] Tags = [TagSet.Empty, TagSet.Of("linux"), TagSet.Of("docker", "linux"), TagSet.Of("large")];

    [Theory]
    [InlineData(Dimension.Executor)]
    [InlineData(Dimension.Project)]
    [InlineData(Dimension.Reason)]
    [InlineData(Dimension.Tag)]
    [InlineData(Dimension.Runner)]
    [InlineData(Dimension.RunnerVersion)]
    public async Task Totals_AreTheSumOfTheBuckets_AlsoNarrowedAndOfChosenValues(Dimension by)
    {
        await using var store = await FilledAsync();
        var reader = store.Get<IInsightReader>();
        foreach (var where in (Dictionary<Dimension, string>[])[[], new() { [Dimension.Executor] = "docker,other" }, new() { [Dimension.Project] = "7,8" }])
            foreach (var kind in (FailureKind?[])[null, FailureKind.Script])
            {
                var filter = new InsightFilter(StoreFixture.Production, Days, Bucket.Day, by, kind, where);
                var points = await reader.FailureRatesAsync(filter, default);
                var totals = await reader.TotalsAsync(filter, default);
                // A reason's denominator is of the days on which it came up, by the day, and of all of them, over the window.
                totals.Select(one => (one.Value, one.Rate.Failed)).Order().ShouldBe(points.GroupBy(point => point.Value).Select(value => (value.Key, value.Sum(point => point.Rate.Failed))).Order());
                if (by != Dimension.Reason)
                    totals.Select(one => (one.Value, one.Rate.Finished)).Order().ShouldBe(points.GroupBy(point => point.Value).Select(value => (value.Key, value.Sum(point => point.Rate.Finished))).Order());

                var chosen = totals.Select(one => one.Value).Order(StringComparer.Ordinal).Take(2).ToList();
                (await reader.FailureRatesAsync(filter with { Only = chosen }, default)).ShouldBe(points.Where(point => chosen.Contains(point.Value)).ToList());
            }
    }

    [Theory]
    [InlineData(Bucket.Hour, Dimension.Executor)]
    [InlineData(Bucket.Day, Dimension.Executor)]
    [InlineData(Bucket.Day, Dimension.Project)]
    [InlineData(Bucket.Day, Dimension.Reason)]
    [InlineData(Bucket.Day, Dimension.Tag)]
    [InlineData(Bucket.Day, Dimension.Runner)]
    public async Task LeftOutHours_TakeTheirExecutorsJobsOffAlone(Bucket bucket, Dimension by)
    {
        await using var store = await FilledAsync();
        var filter = new InsightFilter(StoreFixture.Production, Days, bucket, by, null, new Dictionary<Dimension, string>())
        {
            LeftOut = new Dictionary<string, IReadOnlyList<DateTimeOffset>> { ["kubernetes"] = [Days.From.AddHours(5), Days.From.AddHours(6)], ["docker"] = [Days.From.AddHours(30)] },
        };

        var left = (await store.Get<IInsightReader>().FailureRatesAsync(filter, default)).ToDictionary(point => (point.At, point.Value), point => point.Rate);

        var kept = Jobs().Where(job => !Out(job)).ToList();
        left.ShouldBe(Truth(kept, bucket, by), ignoreOrder: true);
        kept.Count.ShouldBeLessThan(Jobs().Count());

        static bool Out(JobObservation job) => (job.RunnerNumber, (int)(job.FinishedAt!.Value - Days.From).TotalHours) is (2, 5 or 6) or (1, 30);
    }

    [Fact]
    public async Task Reach_OfRollupsIsTheWindow_AndOfSingleJobsIsSaid()
    {
        await using var store = await FilledAsync();
        var reader = store.Get<IInsightReader>();
        InsightFilter Of(Bucket bucket, Dimension by, params Dimension[] where) => new(StoreFixture.Production, Days, bucket, by, null, where.ToDictionary(one => one, _ => "7"));

        (await reader.ReachAsync(Of(Bucket.Hour, Dimension.Executor), Measure.FailureRates, default)).ShouldBe(new(Days, false, Bucket.Hour));
        (await reader.ReachAsync(Of(Bucket.Day, Dimension.Project), Measure.FailureRates, default)).ShouldBe(new(Days, false, Bucket.Day));
        (await reader.ReachAsync(Of(Bucket.Hour, Dimension.Project), Measure.FailureRates, default)).ShouldBe(new(Days, true, Bucket.Hour));
        (await reader.ReachAsync(Of(Bucket.Day, Dimension.Executor, Dimension.Project), Measure.Shares, default)).FromSingleJobs.ShouldBeTrue();

        // A rollup that tells of many jobs shortens how far single ones are read.
        var dear = await store.ScalarAsync<DateTime>("SELECT DISTINCT hour FROM rollup_hour_result ORDER BY hour DESC OFFSET 3 LIMIT 1");
        await store.ExecuteAsync($"UPDATE rollup_hour_result SET jobs = {InsightReach.MostSingleJobs} WHERE hour = '{dear:yyyy-MM-dd HH:mm}Z'");
        (await reader.ReachAsync(Of(Bucket.Hour, Dimension.Project), Measure.FailureRates, default)).Window.ShouldBe(Days with { From = new DateTimeOffset(dear).AddHours(1) });
    }

    private static Dictionary<(DateTimeOffset, string), Rate> Truth(IReadOnlyCollection<JobObservation> jobs, Bucket bucket, Dimension by)
    {
        DateTimeOffset At(JobObservation job) => bucket == Bucket.Hour ? job.FinishedAt!.Value.AddTicks(-(job.FinishedAt.Value.Ticks % TimeSpan.TicksPerHour)) : new(job.FinishedAt!.Value.Date, TimeSpan.Zero);
        IEnumerable<string> Values(JobObservation job) => by switch
        {
            Dimension.Project => [job.Project.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)],
            Dimension.Reason => job.FailureReason is { } reason ? [reason] : [],
            Dimension.Tag => job.Tags!.IsEmpty ? [""] : job.Tags,
            Dimension.Runner => [job.RunnerNumber!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)],
            _ => [job.RunnerNumber == 1 ? "docker" : "kubernetes"],
        };
        return jobs.SelectMany(job => Values(job).Select(value => (At: At(job), Value: value, Failed: job.Status == JobStatus.Failed))).GroupBy(one => (one.At, one.Value)).ToDictionary(
            cell => cell.Key,
            cell => new Rate(cell.Count(one => one.Failed), by == Dimension.Reason ? jobs.Count(job => At(job) == cell.Key.At) : cell.Count()));
    }

    private static IEnumerable<JobObservation> Jobs()
    {
        var random = new Random(7);
        for (var number = 1; number <= 400; number++)
        {
            var runner = random.Next(1, 3);
            var reason = random.Next(3) == 0 ? Reasons[random.Next(Reasons.Length)] : null;
            var finished = Days.From.AddMinutes(random.Next(3 * 24 * 60));
            yield return JobStoreTests.Finished(number) with
            {
                Project = new ProjectId(StoreFixture.Production, random.Next(7, 12)),
                RunnerNumber = runner,
                SystemId = $"s_{runner}",
                Tags = Tags[random.Next(Tags.Length)],
                Status = reason is null ? JobStatus.Success : JobStatus.Failed,
                FailureReason = reason,
                StartedAt = finished.AddSeconds(-60),
                FinishedAt = finished,
            };
        }
    }

    private async Task<StoreFixture> FilledAsync()
    {
        var store = await StoreFixture.OpenAsync(postgres);
        await store.Get<IFleetStore>().StoreAsync(
            StoreFixture.Production, StoreFixture.Noon, [JobStoreTests.Runner(1, ("s_1", Executor.DockerMachine)), JobStoreTests.Runner(2, ("s_2", Executor.Kubernetes))], default);
        await store.Get<IJobStore>().RecordAsync(StoreFixture.Production, [.. Jobs()], default);
        return store;
    }
}
