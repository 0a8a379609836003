using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Fleet;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Tests.Jobs;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Fleet;

public sealed class UnmanagedTests(PostgresFixture postgres)
{
    private static readonly DateOnly Day = DateOnly.FromDateTime(StoreFixture.Noon.UtcDateTime);

    [Fact]
    public async Task Owners_AreNamedAsGitLabLastListedThem_AlsoAfterATransferBelowAYoungerGroup()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var groups = store.Get<GroupStore>();
        await groups.SaveAsync(StoreFixture.Production, [new(10, null, "etl"), new(11, null, "web"), new(20, null, "data")], default);
        await groups.SaveAsync(StoreFixture.Production, [new(10, 20, "data/etl"), new(30, 10, "data/etl/loader")], default);
        await groups.SaveAsync(new InstanceId("qa"), [new(10, null, "other")], default);
        await ProjectAsync(store, 3, "web/shop", 11);

        (await store.Get<IOwnerNames>().GroupsAsync(StoreFixture.Production, [10, 20, 30, 99], default))
            .ShouldBe(new Dictionary<long, string> { [10] = "data/etl", [20] = "data", [30] = "data/etl/loader" }, ignoreOrder: true);
        (await store.Get<IOwnerNames>().ProjectsAsync(StoreFixture.Production, [3, 99], default)).ShouldBe(new Dictionary<long, string> { [3] = "web/shop" });
        var tree = await groups.TreeAsync(StoreFixture.Production, default);
        tree.Above(new ObservedGroup(30, 10, "data/etl/loader")).ShouldBe([30, 10, 20], ignoreOrder: true);
        tree.Above(null).ShouldBeEmpty();
    }

    [Fact]
    public async Task Days_AreReplaced_AndADayWithNoneIsNoGap()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var days = store.Get<IUnmanagedDays>();
        await days.SaveAsync(StoreFixture.Production, Day, new Dictionary<string, int> { ["group data"] = 4, ["group web"] = 1 }, default);
        await days.SaveAsync(StoreFixture.Production, Day, new Dictionary<string, int> { ["group data"] = 3 }, default);
        await days.SaveAsync(StoreFixture.Production, Day.AddDays(1), new Dictionary<string, int> { ["group data"] = 2 }, default);
        await days.SaveAsync(StoreFixture.Production, Day.AddDays(1), new Dictionary<string, int>(), default);

        var read = await days.ReadAsync(StoreFixture.Production, Day, default);

        read.Select(day => (day.Day, day.Runners)).ShouldBe([(Day, 3), (Day.AddDays(1), 0)]);
        (await days.ReadAsync(StoreFixture.Production, Day.AddDays(1), default)).Single().ByOwner.ShouldBeEmpty();
    }

    [Fact]
    public async Task Unmanaged_HaveOwnersJobsAndAReason_ThoseThatEndFirst()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await ProjectAsync(store, 7, "data/etl", 10);
        await store.Get<GroupStore>().SaveAsync(StoreFixture.Production, [new(10, null, "data")], default);
        await store.Get<IFleetStore>().StoreAsync(
            StoreFixture.Production, StoreFixture.Noon,
            [
                JobStoreTests.Runner(1, ("s_1", Executor.Docker)),
                JobStoreTests.Runner(2, ("s_2", Executor.DockerMachine)) with { Type = RunnerType.Group, GroupIds = new HashSet<long> { 10 } },
                JobStoreTests.Runner(3, ("s_3", Executor.Docker)) with { Type = RunnerType.Project, ProjectIds = new HashSet<long> { 7, 9 } },
            ],
            default);
        await store.Get<IFleetStore>().SetStandingAsync(new RunnerId(StoreFixture.Production, 1), new RunnerStanding(RunnerRole.Legacy, true, true), default);
        await store.Get<IJobStore>().RecordAsync(
            StoreFixture.Production, [JobStoreTests.Finished(1), JobStoreTests.Finished(2) with { RunnerNumber = 2 }, JobStoreTests.Finished(3) with { RunnerNumber = 2 }], default);
        var unmanaged = new UnmanagedFleet(store.Get<IFleetStore>(), store.Get<IRunnerUse>(), store.Get<IOwnerNames>());

        var all = (await unmanaged.RunAsync(StoreFixture.Production, TimeWindow.Last(TimeSpan.FromDays(6), StoreFixture.Noon.AddHours(6)), default))!;

        all.Finished.ShouldBe(3);
        all.Items.Select(one => (one.Runner.Id.Number, one.Owner.ToString(), one.Finished, one.Why, one.EndsWithGitLab20)).ShouldBe(
            [(2, "group data", 2, WhyUnmanaged.GroupRunner, true), (3, "project data/etl", 0, WhyUnmanaged.ProjectRunner, false)]);
        all.EndingByOwner.ShouldBe(new Dictionary<string, int> { ["group data"] = 1 });
        (await store.Get<IRunnerUse>().ReadAsync(StoreFixture.Production, all.Window, default)).ByRunner[new RunnerId(StoreFixture.Production, 2)].LastStartedAt.ShouldBe(StoreFixture.Noon.AddSeconds(20));
    }

    [Theory]
    [InlineData(true, 7, 3 / 6.5)]
    [InlineData(false, 1.5, 2 / 1.5)]
    public async Task Use_WhileThePastIsBeingRead_IsKnownSince_AndDividesWholeDaysByThemselves(bool complete, double knownDays, double perDay)
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await HistoryMark.WriteAsync(store.Get<IInstanceStore>(), StoreFixture.Production, new HistoryMark(complete ? null : "more", StoreFixture.Noon.AddDays(-1.5), complete), StoreFixture.Noon, default);
        JobObservation At(long number, double daysAgo) => JobStoreTests.Finished(number) with { CreatedAt = StoreFixture.Noon.AddDays(-daysAgo), StartedAt = StoreFixture.Noon.AddDays(-daysAgo), FinishedAt = StoreFixture.Noon.AddDays(-daysAgo).AddMinutes(1) };
        await store.Get<IJobStore>().RecordAsync(StoreFixture.Production, [At(3, 0.1), At(2, 1.2), At(1, 6.2)], default);

        var use = await store.Get<IRunnerUse>().ReadAsync(StoreFixture.Production, TimeWindow.Last(TimeSpan.FromDays(7), StoreFixture.Noon), default);

        use.CompleteSince.ShouldBe(StoreFixture.Noon.AddDays(-knownDays));
        var one = use.ByRunner[new RunnerId(StoreFixture.Production, 1)];
        one.Finished.ShouldBe(3);
        one.JobsPerDay.ShouldBe(perDay, 1e-9);
    }

    [Fact]
    public async Task Pending_ByClass_CountsWhatWasQueuedByEachInstant_AndFindsItsJobs()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        JobObservation Waiting(long number, int minutes, TagSet? tags) => JobStoreTests.Finished(number) with
        {
            Status = JobStatus.Pending,
            StartedAt = null,
            FinishedAt = null,
            RunnerNumber = null,
            Tags = tags,
            QueuedAt = StoreFixture.Noon.AddMinutes(-minutes),
        };
        await store.Get<IJobStore>().RecordAsync(
            StoreFixture.Production, [Waiting(1, 50, TagSet.Of("gpu")), Waiting(2, 10, TagSet.Of("gpu")), Waiting(3, 5, null), JobStoreTests.Finished(4)], default);
        var reader = store.Get<IPendingReader>();

        var classes = await reader.ClassesAsync(StoreFixture.Production, [StoreFixture.Noon.AddMinutes(-40), StoreFixture.Noon], default);

        classes.Select(one => (one.Tags?.ToString(), one.Jobs, string.Join(' ', one.QueuedBy))).ShouldBe([("[gpu]", 2, "1 2"), (null, 1, "0 1")]);
        (await reader.JobsAsync(StoreFixture.Production, [classes[0]], 9, default)).Select(job => job.Id.Number).ShouldBe([1, 2]);
        (await reader.JobsAsync(StoreFixture.Production, classes, 1, default)).Select(job => job.Id.Number).ShouldBe([1]);
        (await reader.JobsAsync(StoreFixture.Production, [], 9, default)).ShouldBeEmpty();
    }

    private static Task ProjectAsync(StoreFixture store, long number, string path, params long[] groups) => store.Get<IProjectStore>().SaveAsync(
        [new ObservedProject(new ProjectAccess(new ProjectId(StoreFixture.Production, number), path, true, true, groups.ToHashSet()), "main", false, null, null, null, StoreFixture.Noon)], default);
}
