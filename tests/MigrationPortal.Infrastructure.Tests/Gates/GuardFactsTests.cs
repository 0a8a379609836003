using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Gates;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;
using MigrationPortal.Infrastructure.Tests.Jobs;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Gates;

/// <summary>What the fast roll back is decided from, read from jobs as they are recorded. The time is noon; docker is runner 1, Kubernetes runner 2, somebody's own runner 3.</summary>
public sealed class GuardFactsTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Now = StoreFixture.Noon;
    private static readonly DateTimeOffset Since = Now.AddHours(-6);

    [Fact]
    public async Task Hour_CountsManagedFirstAttempts_StartedSinceTheState_ByExecutor()
    {
        await using var store = await OpenAsync();
        await RecordAsync(
            store,
            Job(1, 2, 59), Failed(2, 2, 30, "runner_system_failure"), Failed(3, 2, 10, "script_failure", project: 8), Failed(4, 2, 5, "runner_system_failure", project: 9),
            Job(5, 1, 20), Failed(6, 1, 20, "runner_system_failure"),
            Failed(7, 2, 61, "runner_system_failure"), Failed(8, 3, 10, "runner_system_failure"),
            Failed(9, 2, 5, "runner_system_failure") with { StartedAt = Since.AddMinutes(-1) },
            Failed(10, 2, 4, "runner_system_failure") with { PipelineId = 2 });

        var facts = await ReadAsync(store);
        facts.Hour.ShouldBe(new HourFacts(new ArmCounts(4, 3, 2), 3, 2, new ArmCounts(2, 1, 1)));
        (facts.At, facts.Since, facts.LookedAt).ShouldBe((Now, Since, Now));
    }

    [Fact]
    public async Task DaysBefore_GiveTheUsualRates_AndTheSequenceThoseSinceTheState()
    {
        await using var store = await OpenAsync();
        await store.ExecuteAsync(
            """
            INSERT INTO digest_day_arm (instance, day, project, kubernetes_finished, kubernetes_failed, kubernetes_infrastructure, docker_finished, docker_failed, docker_infrastructure)
            SELECT (SELECT number FROM instances WHERE name = 'production'), date '2026-11-02' - day, project, 100, 10, 2, 200, 20, 1
            FROM generate_series(0, 15) day, generate_series(1, 3) project
            """);
        var facts = await ReadAsync(store, Question() with { Since = Now.AddDays(-5) });
        // Fourteen whole days, today not among them.
        facts.DockerUsual.ShouldBe(new ArmCounts(14 * 3 * 200, 14 * 3 * 20, 14 * 3));
        facts.KubernetesUsual.ShouldBe(new ArmCounts(14 * 3 * 100, 14 * 3 * 10, 14 * 3 * 2));
        // Since noon five days ago: four whole days.
        var sequence = facts.Sequence.ShouldNotBeNull();
        (sequence.Days, sequence.Jobs, sequence.Failures).ShouldBe((4, 4 * 3 * 300L, 4 * 3 * 3L));
        sequence.Difference.ShouldBe(0.015, 1e-9);
    }

    [Fact]
    public async Task BeforeAfter_ComparesWithDockerBeforeTheStep_WhereItTakesNothingMore()
    {
        await using var store = await OpenAsync();
        await store.ExecuteAsync(
            """
            INSERT INTO digest_day_arm (instance, day, project, kubernetes_finished, kubernetes_failed, kubernetes_infrastructure, docker_finished, docker_failed, docker_infrastructure)
            SELECT (SELECT number FROM instances WHERE name = 'production'), date '2026-11-02' - day, project, 100 * since, 10 * since, 2 * since, 200 * before, 20 * before, before
            FROM generate_series(1, 40) day, generate_series(1, 3) project, LATERAL (SELECT CASE WHEN day < 5 THEN 1 ELSE 0 END AS since, CASE WHEN day < 5 THEN 0 ELSE 1 END AS before) sides
            """);
        // The step's own day counts for neither side: four whole days since, and 28 before.
        var seen = (await ReadAsync(store, Question() with { Since = Now.AddDays(-5) })).BeforeAfter.ShouldNotBeNull();
        (seen.Days, seen.Jobs, seen.Failures).ShouldBe((4, (4 * 3 * 100) + (28 * 3 * 200L), (4 * 3 * 2) + (28 * 3L)));
        seen.Difference.ShouldBe(0.015, 1e-9);
    }

    [Fact]
    public async Task Stuck_AreJobsThatTheStepTookARunnerFrom_NotThoseOfABrownout_NorThoseThatNobodyEverServed()
    {
        await using var store = await OpenAsync();
        await RecordAsync(
            store, Pending(1, "linux", 5), Pending(2, "linux", 5), Pending(3, "gpu", 90), Pending(4, "docker", 45), Pending(5, "docker", 5), Pending(6, "docker", 45, project: 8), Pending(7, "browned", 45));
        // Before the step docker also had linux and browned, and Kubernetes docker.
        var restored = new Dictionary<RunnerId, RunnerAttributes> { [Id(1)] = Attributes("docker linux browned"), [Id(2)] = Attributes("k8s docker") };
        var facts = await ReadAsync(store, Question() with { Restored = restored, BrownoutTags = ["browned"] });
        facts.Stuck.ShouldBe(new StuckFacts(NoRunner: 2, TooOld: 2, OldProjects: 2, Brownout: 1));
        (await ReadAsync(store)).Stuck.ShouldBe(new StuckFacts(0, 0, 0, 0));
    }

    [Fact]
    public async Task Starts_AndWhatWaitsForKubernetes_OfTheLastTenMinutes()
    {
        await using var store = await OpenAsync();
        await RecordAsync(
            store, Pending(1, "k8s", 11), Pending(2, "k8s", 9), Pending(3, "docker", 30),
            Job(4, 2, 1) with { StartedAt = Now.AddMinutes(-9) }, Job(5, 2, 1) with { StartedAt = Now.AddMinutes(-11) }, Job(6, 1, 1) with { StartedAt = Now.AddMinutes(-2) },
            Job(7, 2, 1) with { Status = JobStatus.Running, StartedAt = Now.AddMinutes(-3), FinishedAt = null });
        var facts = await ReadAsync(store);
        facts.Starts.ShouldBe(new StartFacts(2, 1));
        facts.Contact.ShouldBe(new ContactFacts(Now, 1, 1, 1));
    }

    [Fact]
    public async Task Evaluations_KeepWhatAsksForSomething_AndOnlyTheLastQuietOne()
    {
        await using var store = await OpenAsync();
        var guards = store.Get<IGuardStore>();
        var quiet = await ReadAsync(store);
        var fired = quiet with { Contact = quiet.Contact with { KubernetesInContact = 0 } };
        foreach (var facts in (GuardFacts[])[quiet, quiet, fired, quiet, quiet]) await guards.AddAsync(GuardEvaluation.Of(StoreFixture.Production, facts), facts, default);
        var kept = await guards.NewestAsync(StoreFixture.Production, 10, null, default);
        kept.Select(one => one.Act).ShouldBe([GuardAct.None, GuardAct.Evacuate]);

        (await guards.ActedSinceAsync(StoreFixture.Production, Now, default)).ShouldBeEmpty();
        await guards.SaveDoneAsync(kept[1] with { Done = "Operation 4 evacuates.", OperationId = 4 }, default);
        var acted = (await guards.ActedSinceAsync(StoreFixture.Production, Now, default)).ShouldHaveSingleItem();
        (acted.Id, acted.Done, acted.OperationId).ShouldBe((kept[1].Id, "Operation 4 evacuates.", 4L));
        (await guards.ActedSinceAsync(StoreFixture.Production, Now.AddSeconds(1), default)).ShouldBeEmpty();
        // Replayed from what is stored, it says the same.
        GuardEvaluation.Of(StoreFixture.Production, (await guards.EvidenceAsync(acted.Id, default))!).Readings.ShouldBe(acted.Readings);
    }

    private async Task<StoreFixture> OpenAsync()
    {
        var store = await StoreFixture.OpenAsync(postgres);
        ObservedRunner Runner(long number, string tags, Executor executor) => JobStoreTests.Runner(number, ($"s_{number}", executor)) with { Attributes = Attributes(tags) };
        var fleet = store.Get<IFleetStore>();
        await fleet.StoreAsync(StoreFixture.Production, Now, [Runner(1, "docker", Executor.Docker), Runner(2, "k8s", Executor.Kubernetes), Runner(3, "own", Executor.Kubernetes)], default);
        await fleet.SetStandingAsync(Id(1), new RunnerStanding(RunnerRole.Legacy, true, true), default);
        await fleet.SetStandingAsync(Id(2), new RunnerStanding(RunnerRole.Kubernetes, true, true), default);
        return store;
    }

    private static Task<GuardFacts> ReadAsync(StoreFixture store, GuardQuestion? question = null) =>
        new GuardFactsReader(store.Get<Database>(), store.Get<InstanceNumbers>(), new AllRead(), store.Get<IFleetStore>(), store.Get<GuardQueueReader>(), new NoonClock())
            .ReadAsync(StoreFixture.Production, question ?? Question(), default);

    private static GuardQuestion Question() => new(Since, new Dictionary<RunnerId, RunnerAttributes>(), [], TimeSpan.FromMinutes(30), null);

    private static Task<int> RecordAsync(StoreFixture store, params JobObservation[] jobs) => store.Get<IJobStore>().RecordAsync(StoreFixture.Production, jobs, default);

    /// <param name="minutes">Ago.</param>
    private static JobObservation Job(long number, long runner, double minutes, long project = 7) => JobStoreTests.Finished(number) with
    {
        Project = new ProjectId(StoreFixture.Production, project),
        PipelineId = number,
        RunnerNumber = runner,
        Executor = runner == 1 ? Executor.Docker : Executor.Kubernetes,
        CreatedAt = Now.AddHours(-5),
        QueuedAt = Now.AddHours(-5),
        StartedAt = Now.AddHours(-4),
        FinishedAt = Now.AddMinutes(-minutes),
    };

    private static JobObservation Failed(long number, long runner, double minutes, string reason, long project = 7) =>
        Job(number, runner, minutes, project) with { Status = JobStatus.Failed, FailureReason = reason };

    private static JobObservation Pending(long number, string tag, double minutes, long project = 7) => Job(number, 1, 0, project) with
    {
        Status = JobStatus.Pending,
        Tags = TagSet.Of(tag),
        Protected = false,
        RunnerNumber = null,
        Executor = null,
        CreatedAt = Now.AddMinutes(-minutes),
        QueuedAt = Now.AddMinutes(-minutes),
        StartedAt = null,
        FinishedAt = null,
    };

    private static RunnerAttributes Attributes(string tags) => new(TagSet.Of(tags.Split(' ')), false, false, RunnerAccessLevel.NotProtected);

    private static RunnerId Id(long number) => new(StoreFixture.Production, number);

    private sealed class NoonClock : IWorldClock
    {
        public DateTimeOffset Now(InstanceId instance) => GuardFactsTests.Now;

        public double Speed(InstanceId instance) => 0;
    }

    private sealed class AllRead : IJobCollection
    {
        public Task<JobCollection> ReadAsync(InstanceId instance, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<UnreadRange>> UnreadAsync(InstanceId instance, CancellationToken cancel) => throw new NotSupportedException();

        public Task<DateTimeOffset?> LookedAtAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<DateTimeOffset?>(Now);
    }
}
