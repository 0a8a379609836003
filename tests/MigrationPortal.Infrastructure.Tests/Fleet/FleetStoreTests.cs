using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Jobs;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Fleet;

public sealed class FleetStoreTests(PostgresFixture postgres)
{
    private static readonly ObservedRunner First = JobStoreTests.Runner(1, ("s_1", Executor.Docker));
    private static readonly ObservedRunner Second = JobStoreTests.Runner(2, ("s_2", Executor.Kubernetes));

    [Fact]
    public async Task Store_ThenLatest_GivesTheSameFleet()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var fleet = store.Get<IFleetStore>();
        (await fleet.LatestAsync(StoreFixture.Production, default)).ShouldBeNull();
        var assigned = Second with { Type = RunnerType.Project, ProjectIds = new HashSet<long> { 5, 3 }, MaintenanceNote = "ours" };

        await fleet.StoreAsync(StoreFixture.Production, StoreFixture.Noon, [First, assigned], default);

        var latest = (await fleet.LatestAsync(StoreFixture.Production, default)).ShouldNotBeNull();
        latest.TakenAt.ShouldBe(StoreFixture.Noon);
        var read = latest.Runners[1].Observed;
        read.ProjectIds.ShouldBe([3, 5], ignoreOrder: true);
        read.Managers.ShouldBe(assigned.Managers);
        (read with { ProjectIds = assigned.ProjectIds, GroupIds = assigned.GroupIds, Managers = assigned.Managers }).ShouldBe(assigned);
        latest.Runners[0].Standing.ShouldBe(RunnerStanding.None);
    }

    [Fact]
    public async Task Store_ChangedAndGoneRunners_AreInTheHistoryOnce()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var fleet = store.Get<IFleetStore>();
        await fleet.StoreAsync(StoreFixture.Production, StoreFixture.Noon, [First, Second], default);
        var changed = First with { Attributes = First.Attributes with { RunUntagged = false, Tags = TagSet.Of("docker", "large") } };

        for (var sweep = 1; sweep <= 2; sweep++) await fleet.StoreAsync(StoreFixture.Production, StoreFixture.Noon.AddMinutes(sweep), [changed], default);

        var changes = await store.Get<IRunnerHistory>().ChangesAsync(StoreFixture.Production, null, 10, null, default);
        changes.Select(change => (change.Runner.Number, change.Attribute, change.From, change.To)).ShouldBe(
            [(2, "gone", "runner-2", null), (1, "tags", "docker", "docker, large"), (1, "runUntagged", "true", "false")], ignoreOrder: true);
        changes.ShouldAllBe(change => change.SeenAt == StoreFixture.Noon.AddMinutes(1));
    }

    [Fact]
    public async Task TagsCarried_KnowsThoseThatWereTakenAway_AndThoseOfRunnersThatAreGone()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var fleet = store.Get<IFleetStore>();
        RunnerAttributes Tagged(params string[] tags) => First.Attributes with { Tags = TagSet.Of(tags) };
        IReadOnlyList<ObservedRunner>[] snapshots =
        [
            [First with { Attributes = Tagged("docker", "old one") }, Second with { Attributes = Tagged("gone") }],
            [First with { Attributes = Tagged("docker", "large") }],
            [First with { Attributes = Tagged() }],
        ];
        for (var sweep = 0; sweep < snapshots.Length; sweep++) await fleet.StoreAsync(StoreFixture.Production, StoreFixture.Noon.AddMinutes(sweep), snapshots[sweep], default);

        (await store.Get<IRunnerHistory>().TagsCarriedAsync(StoreFixture.Production, default)).ShouldBe([TagSet.Of("docker", "old one"), TagSet.Of("gone"), TagSet.Of("docker", "large"), TagSet.Empty], ignoreOrder: true);
        (await store.Get<IRunnerHistory>().TagsCarriedAsync(new InstanceId("other"), default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Store_OlderSnapshotArrivesLate_DoesNotUndoTheNewer()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var fleet = store.Get<IFleetStore>();
        await fleet.StoreAsync(StoreFixture.Production, StoreFixture.Noon, [First, Second], default);

        var joined = await fleet.StoreAsync(StoreFixture.Production, StoreFixture.Noon.AddMinutes(-1), [First], default);

        joined.TakenAt.ShouldBe(StoreFixture.Noon);
        joined.Runners.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Store_SecondSnapshotOfTheSameSecond_IsTheOneThatCounts()
    {
        // GitLab tells its time by the Date header, in whole seconds; an operation reads the fleet before and after it writes.
        await using var store = await StoreFixture.OpenAsync(postgres);
        var fleet = store.Get<IFleetStore>();
        await fleet.StoreAsync(StoreFixture.Production, StoreFixture.Noon, [First], default);
        var written = First with { Attributes = First.Attributes with { Paused = true } };

        var joined = await fleet.StoreAsync(StoreFixture.Production, StoreFixture.Noon, [written], default);

        joined.Runners[0].Attributes.Paused.ShouldBeTrue();
        (await fleet.LatestAsync(StoreFixture.Production, default))!.Runners[0].Attributes.Paused.ShouldBeTrue();
    }

    [Fact]
    public async Task FreshFleet_AReplicaWhoseClockIsAheadStoredAnEarlierReading_AnswersWhatItReadItself()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var fleet = store.Get<IFleetStore>();
        await fleet.StoreAsync(StoreFixture.Production, StoreFixture.Noon.AddSeconds(20), [First], default);
        await fleet.SetStandingAsync(First.Id, new RunnerStanding(RunnerRole.Legacy, true, true), default);
        var written = First with { Attributes = First.Attributes with { Paused = true } };

        var read = await new FreshFleet(new Reading(StoreFixture.Noon, [Second, written]), fleet).ReadAsync(StoreFixture.Production, default);

        read.TakenAt.ShouldBe(StoreFixture.Noon);
        read.Runners.Select(runner => (runner.Attributes, runner.Standing)).ShouldBe(
            [(written.Attributes, new RunnerStanding(RunnerRole.Legacy, true, true)), (Second.Attributes, RunnerStanding.None)]);
    }

    private sealed class Reading(DateTimeOffset takenAt, IReadOnlyList<ObservedRunner> runners) : IFleetReader
    {
        public Task<(DateTimeOffset TakenAt, IReadOnlyList<ObservedRunner> Runners)> ReadAsync(InstanceId instance, RequestLane lane, CancellationToken cancel) =>
            Task.FromResult((takenAt, runners));
    }

    [Fact]
    public async Task SaveBaselines_StandingAndSnapshotLeaveThemAlone()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var fleet = store.Get<IFleetStore>();
        await fleet.StoreAsync(StoreFixture.Production, StoreFixture.Noon, [First], default);
        await fleet.SetStandingAsync(First.Id, new RunnerStanding(RunnerRole.Legacy, true, false), default);
        (await fleet.LatestAsync(StoreFixture.Production, default))!.Runners[0].Baseline.ShouldBeNull();

        await fleet.SetStandingAsync(First.Id, new RunnerStanding(RunnerRole.Legacy, true, true), default);
        (await fleet.LatestAsync(StoreFixture.Production, default))!.Runners[0].Baseline.ShouldBeNull();
        await fleet.SaveBaselinesAsync(StoreFixture.Production, new Dictionary<RunnerId, RunnerAttributes> { [First.Id] = First.Attributes }, default);
        await fleet.StoreAsync(
            StoreFixture.Production, StoreFixture.Noon.AddMinutes(1), [First with { Attributes = First.Attributes with { RunUntagged = false } }], default);
        await fleet.SetStandingAsync(First.Id, new RunnerStanding(RunnerRole.Legacy, true, true), default);

        var runner = (await fleet.LatestAsync(StoreFixture.Production, default))!.Runners[0];
        runner.Baseline.ShouldBe(First.Attributes);
        runner.Attributes.RunUntagged.ShouldBeFalse();
        runner.IsManaged(RunnerRole.Legacy).ShouldBeTrue();
    }

    [Fact]
    public async Task Projects_SavedListedAndFoundUnread()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var projects = store.Get<IProjectStore>();
        ObservedProject Project(long number, string path) => new(
            new ProjectAccess(new ProjectId(StoreFixture.Production, number), path, true, false, new HashSet<long> { 1, 4 }), "main", false, null, ["main", "release/*"], null, StoreFixture.Noon);

        await projects.SaveAsync([Project(1, "a/one"), Project(2, "b/under_score")], default);
        await projects.SaveAsync([Project(1, "a/renamed")], default);
        await store.Get<Domain.Jobs.IJobStore>().RecordAsync(StoreFixture.Production, [JobStoreTests.Finished(1)], default);

        (await projects.ListAsync(StoreFixture.Production, null, 10, null, default)).Select(one => one.Access.FullPath).ShouldBe(["a/renamed", "b/under_score"]);
        (await projects.ListAsync(StoreFixture.Production, "R_S", 10, null, default)).Single().Id.Number.ShouldBe(2);
        (await projects.ListAsync(StoreFixture.Production, null, 10, "a/renamed", default)).Single().Id.Number.ShouldBe(2);
        var read = (await projects.FindAsync(new ProjectId(StoreFixture.Production, 1), default))!;
        (read.ProtectedBranches!.Count, read.ProtectedTags, read.Access.GroupIds.Count, read.Access.GroupRunnersEnabled).ShouldBe((2, null, 2, false));
        (await projects.UnreadAsync(StoreFixture.Production, StoreFixture.Noon, 10, default)).ShouldBe([new ProjectId(StoreFixture.Production, 7)]);
    }
}
