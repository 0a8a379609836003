using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Jobs;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Insights;

public sealed class InsightReaderTests(PostgresFixture postgres)
{
    private static readonly TimeWindow Day = new(StoreFixture.Noon.AddHours(-6), StoreFixture.Noon.AddHours(6));
    private static readonly DateTimeOffset Midnight = new(StoreFixture.Noon.Date, TimeSpan.Zero);

    [Fact]
    public async Task FailureRates_ByExecutor_JoinFamiliesAndLeaveGapsOut()
    {
        await using var store = await FilledAsync();

        (await RatesAsync(store, Bucket.Hour, Dimension.Executor, null)).ShouldBe(
        [
            new RatePoint(StoreFixture.Noon, "docker", new Rate(1, 3)),
            new RatePoint(StoreFixture.Noon, "kubernetes", new Rate(1, 2)),
            new RatePoint(StoreFixture.Noon.AddHours(2), "kubernetes", new Rate(1, 1)),
        ]);
        (await RatesAsync(store, Bucket.Day, Dimension.Executor, FailureKind.Infrastructure)).ShouldBe(
            [new RatePoint(Midnight, "docker", new Rate(0, 3)), new RatePoint(Midnight, "kubernetes", new Rate(2, 3))]);
    }

    [Theory]
    [InlineData(Dimension.Project, "7:2/5 8:1/1")]
    [InlineData(Dimension.Reason, "runner_system_failure:2/6 script_failure:1/6")]
    [InlineData(Dimension.Tag, ":2/4 docker:1/2 linux:1/1")]
    [InlineData(Dimension.Runner, "1:1/3 2:2/3")]
    [InlineData(Dimension.RunnerVersion, "18.1.0:3/6")]
    public async Task FailureRates_EachDimension_FromRollupsByDayAndFromRawByHour(Dimension by, string expected)
    {
        await using var store = await FilledAsync();

        var byDay = await RatesAsync(store, Bucket.Day, by, null);
        var byHour = await RatesAsync(store, Bucket.Hour, by, null);

        string.Join(' ', byDay.Select(point => $"{point.Value}:{point.Rate.Failed}/{point.Rate.Finished}")).ShouldBe(expected);
        byHour.Sum(point => point.Rate.Failed).ShouldBe(byDay.Sum(point => point.Rate.Failed));
        byHour.ShouldAllBe(point => point.At.Minute == 0);
    }

    [Theory]
    [InlineData(Dimension.Executor)]
    [InlineData(Dimension.Project)]
    [InlineData(Dimension.Reason)]
    [InlineData(Dimension.Tag)]
    [InlineData(Dimension.Runner)]
    public async Task FailureRates_FirstAttempts_LeaveRetriesOutOfBothSides(Dimension by)
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var failed = JobStoreTests.Finished(1) with { Status = JobStatus.Failed, FailureReason = "script_failure" };
        await store.Get<IJobStore>().RecordAsync(
            StoreFixture.Production, [failed, failed with { Id = new JobId(StoreFixture.Production, 2) }, JobStoreTests.Finished(3), JobStoreTests.Finished(4) with { Name = "test" }], default);
        foreach (var bucket in Enum.GetValues<Bucket>())
        {
            var filter = new InsightFilter(StoreFixture.Production, Day, bucket, by, null, new Dictionary<Dimension, string>());
            var reader = store.Get<IInsightReader>();
            (await reader.FailureRatesAsync(filter, default)).Single().Rate.ShouldBe(new Rate(2, 4));
            (await reader.FailureRatesAsync(filter with { FirstAttempts = true }, default)).Single().Rate.ShouldBe(new Rate(1, 2));
        }
    }

    [Fact]
    public async Task FailureRates_FilteredByOtherDimensions_AgreeWithTheRollup()
    {
        await using var store = await FilledAsync();

        (await RatesAsync(store, Bucket.Day, Dimension.Executor, null, (Dimension.Project, "7"), (Dimension.Tag, ""))).ShouldBe(
            [new RatePoint(Midnight, "docker", new Rate(0, 1)), new RatePoint(Midnight, "kubernetes", new Rate(1, 2))]);
        (await RatesAsync(store, Bucket.Day, Dimension.Project, null, (Dimension.Executor, "kubernetes"), (Dimension.Reason, "runner_system_failure"))).ShouldBe(
            [new RatePoint(Midnight, "7", new Rate(1, 2)), new RatePoint(Midnight, "8", new Rate(1, 1))]);
        (await RatesAsync(store, Bucket.Day, Dimension.Executor, null, (Dimension.Project, "not a number"))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Bucket.Day)]
    [InlineData(Bucket.Hour)]
    public async Task FailureRates_ManagedOnly_LeaveUnmanagedRunnersOut(Bucket bucket)
    {
        await using var store = await FilledAsync();
        foreach (var (runner, managed) in ((long, bool)[])[(1, false), (2, true)])
            await store.Get<IFleetStore>().SetStandingAsync(new RunnerId(StoreFixture.Production, runner), new RunnerStanding(RunnerRole.Kubernetes, true, managed), default);
        var filter = new InsightFilter(StoreFixture.Production, Day, bucket, Dimension.Executor, null, new Dictionary<Dimension, string>()) { ManagedOnly = true };

        var points = await store.Get<IInsightReader>().FailureRatesAsync(filter, default);

        points.Select(point => point.Value).Distinct().ShouldBe(["kubernetes"]);
        (points.Sum(point => point.Rate.Failed), points.Sum(point => point.Rate.Finished)).ShouldBe((2, 3));
        (await store.Get<IInsightReader>().FailureRatesAsync(filter with { Where = new Dictionary<Dimension, string> { [Dimension.Project] = "8" } }, default))
            .Sum(point => point.Rate.Finished).ShouldBe(1);
    }

    [Fact]
    public async Task Shares_CountStartedAndUntaggedBesideTheTotals()
    {
        await using var store = await FilledAsync();
        var filter = new InsightFilter(StoreFixture.Production, Day, Bucket.Day, Dimension.Executor, null, new Dictionary<Dimension, string>());

        (await store.Get<IInsightReader>().SharesAsync(filter, default)).ShouldBe(
            [new SharePoint(Midnight, "docker", 3, 1, 6, 4), new SharePoint(Midnight, "kubernetes", 3, 3, 6, 4)]);
        (await store.Get<IInsightReader>().SharesAsync(filter with { Where = new Dictionary<Dimension, string> { [Dimension.Project] = "8" } }, default)).ShouldBe(
            [new SharePoint(Midnight, "kubernetes", 1, 1, 1, 1)]);
    }

    [Fact]
    public async Task Durations_PercentilesStayWithinTheStatedError()
    {
        await using var store = await FilledAsync();

        var point = (await store.Get<IDurationReader>().DurationsAsync(Filter(Bucket.Day, Dimension.Executor), default)).Single(one => one.Executor == "docker");

        point.QueuedSecondsP50!.Value.ShouldBe(20, 21 * TimeHistogram.RelativeError);
        point.RanSecondsP95!.Value.ShouldBe(60, 61 * TimeHistogram.RelativeError);
        (point.Started, point.Finished).ShouldBe((3, 3));
        (await store.Get<IDurationReader>().TotalsAsync(Filter(Bucket.Hour, Dimension.Executor), default)).Single(one => one.Executor == "docker").ShouldBe(point with { At = Day.From });
    }

    [Theory]
    [InlineData(Dimension.Project, "8", "kubernetes", 1)]
    [InlineData(Dimension.Tag, "linux", "docker", 1)]
    [InlineData(Dimension.Runner, "1", "docker", 3)]
    [InlineData(Dimension.RunnerVersion, "18.1.0,17.0.0", "docker", 3)]
    public async Task Durations_OfWhatNoHistogramKnows_AreExactFromSingleJobs(Dimension by, string value, string executor, int jobs)
    {
        await using var store = await FilledAsync();

        var points = await store.Get<IDurationReader>().TotalsAsync(Filter(Bucket.Hour, Dimension.Executor, (by, value), (Dimension.Executor, executor)), default);

        var point = points.ShouldHaveSingleItem();
        (point.Started, point.Finished, point.QueuedSecondsP50, point.QueuedSecondsP95).ShouldBe((jobs, jobs, 20.0, 20.0));
        if (by != Dimension.Project) point.RanSecondsP95.ShouldBe(60.0);
    }

    [Fact]
    public async Task Readers_PerRunnerLastRunsAndTags()
    {
        await using var store = await FilledAsync();
        var reader = store.Get<IJobReader>();

        var perRunner = await reader.PerRunnerAsync(StoreFixture.Production, Day, default);
        perRunner[new RunnerId(StoreFixture.Production, 1)].ShouldBe([new HourCount(StoreFixture.Noon, 3, 1)]);
        var project = new ProjectId(StoreFixture.Production, 7);
        (await reader.LastRunsAsync(StoreFixture.Production, [project], default))[project].Executor.ShouldBe(Executor.Kubernetes);
        await DigestTests.CountAsync(store);
        var tags = await reader.TagsAsync(StoreFixture.Production, Day, default);
        tags.Select(tag => (tag.Tag, tag.Jobs, tag.Projects, tag.Refs)).ShouldBe([("", 5, 2, 1), ("docker", 2, 1, 1), ("linux", 1, 1, 1)]);
        tags[0].Sources.ShouldBe(["push"]);
    }

    [Fact]
    public async Task Tags_JobsADay_AreThoseOfTheClasses()
    {
        await using var store = await FilledAsync();
        var month = new TimeWindow(Day.To.AddDays(-30), Day.To);

        var tags = await store.Get<IJobReader>().TagsAsync(StoreFixture.Production, month, default);

        var census = await store.Get<IJobStore>().CensusAsync(StoreFixture.Production, month, default);
        tags.Single(tag => tag.Tag == "docker").JobsPerDay.ShouldBe(census.Classes.Where(one => one.Needs.Tags.Contains("docker")).Sum(one => one.JobsPerDay), 1e-9);
        tags.Single(tag => tag.Tag == "docker").JobsPerDay.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Find_FiltersAndPages()
    {
        await using var store = await FilledAsync();
        var reader = store.Get<IJobReader>();

        var first = await reader.FindAsync(new JobFilter(StoreFixture.Production, Executor: ExecutorFamily.Docker), 2, null, default);
        var rest = await reader.FindAsync(new JobFilter(StoreFixture.Production, Executor: ExecutorFamily.Docker), 2, first[^1].Id.Number, default);
        first.Concat(rest).Select(job => job.Id.Number).ShouldBe([3, 2, 1]);
        (await reader.FindAsync(new JobFilter(StoreFixture.Production, Tag: "linux", Kind: FailureKind.Script), 9, null, default)).Single().Tags.ShouldBe(TagSet.Of("docker", "linux"));
        (await reader.FindAsync(new JobFilter(StoreFixture.Production, Tag: ""), 9, null, default)).Count.ShouldBe(5);
    }

    [Fact]
    public async Task Pending_LongestWaitingFirst_UntilTheyStart()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var (jobs, reader) = (store.Get<IJobStore>(), store.Get<IJobReader>());
        JobObservation Waiting(long number, int queuedMinutesAgo) => JobStoreTests.Finished(number) with
        {
            Status = JobStatus.Pending,
            StartedAt = null,
            FinishedAt = null,
            RunnerNumber = null,
            QueuedAt = StoreFixture.Noon.AddMinutes(-queuedMinutesAgo),
        };

        await jobs.RecordAsync(StoreFixture.Production, [Waiting(1, 5), Waiting(2, 50), Waiting(3, 1)], default);
        (await reader.PendingAsync(StoreFixture.Production, 2, default)).Select(job => job.Id.Number).ShouldBe([2, 1]);
        (await reader.PendingCountAsync(StoreFixture.Production, default)).ShouldBe(3);

        await jobs.RecordAsync(StoreFixture.Production, [JobStoreTests.Finished(2)], default);
        (await reader.PendingAsync(StoreFixture.Production, 9, default)).Select(job => job.Id.Number).ShouldBe([1, 3]);
        var early = StoreFixture.Noon.AddDays(-7);
        (await reader.UnfinishedAsync(StoreFixture.Production, early, early, 9, default)).Select(one => one.Job).ShouldBe([3, 1]);

        // Created and manual ones may rest for ever, so they have a bound of their own.
        await jobs.RecordAsync(StoreFixture.Production, [Waiting(4, 1) with { Status = JobStatus.Created }], default);
        (await reader.UnfinishedAsync(StoreFixture.Production, early, early, 9, default)).Select(one => one.Job).ShouldBe([4, 3, 1]);
        (await reader.UnfinishedAsync(StoreFixture.Production, early, StoreFixture.Noon.AddDays(7), 9, default)).Select(one => one.Job).ShouldBe([3, 1]);
    }

    private async Task<StoreFixture> FilledAsync()
    {
        var store = await StoreFixture.OpenAsync(postgres);
        await store.Get<IFleetStore>().StoreAsync(
            StoreFixture.Production, StoreFixture.Noon, [JobStoreTests.Runner(1, ("s_1", Executor.DockerMachine)), JobStoreTests.Runner(2, ("s_2", Executor.Kubernetes))], default);
        JobObservation Job(long number, long runner, TagSet tags, string? reason = null) => JobStoreTests.Finished(number) with
        {
            RunnerNumber = runner,
            SystemId = $"s_{runner}",
            Tags = tags,
            Status = reason is null ? JobStatus.Success : JobStatus.Failed,
            FailureReason = reason,
        };
        await store.Get<IJobStore>().RecordAsync(
            StoreFixture.Production,
            [
                Job(1, 1, TagSet.Of("docker")), Job(2, 1, TagSet.Of("docker", "linux"), "script_failure"), Job(3, 1, TagSet.Empty) with { Executor = Executor.Docker },
                Job(4, 2, TagSet.Empty), Job(5, 2, TagSet.Empty, "runner_system_failure"),
                Job(6, 2, TagSet.Empty, "runner_system_failure") with { Project = new ProjectId(StoreFixture.Production, 8), FinishedAt = StoreFixture.Noon.AddHours(2) },
                Job(7, 2, TagSet.Empty) with { Status = JobStatus.Canceled, StartedAt = null },
            ],
            default);
        return store;
    }

    private static InsightFilter Filter(Bucket bucket, Dimension by, params (Dimension Dimension, string Value)[] where) =>
        new(StoreFixture.Production, Day, bucket, by, null, where.ToDictionary(one => one.Dimension, one => one.Value));

    private static Task<IReadOnlyList<RatePoint>> RatesAsync(
        StoreFixture store, Bucket bucket, Dimension by, FailureKind? kind, params (Dimension Dimension, string Value)[] where) =>
        store.Get<IInsightReader>().FailureRatesAsync(
            new InsightFilter(StoreFixture.Production, Day, bucket, by, kind, where.ToDictionary(one => one.Dimension, one => one.Value)), default);
}
