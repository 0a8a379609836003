using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Gates;
using MigrationPortal.Infrastructure.Insights;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;
using MigrationPortal.Infrastructure.Tests.Insights;
using MigrationPortal.Infrastructure.Tests.Jobs;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Gates;

/// <summary>What gates are decided from, read from jobs as they are recorded. The time is noon.</summary>
public sealed class GateFactsTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Now = StoreFixture.Noon;
    private static readonly DateTimeOffset Yesterday = Now.AddDays(-1);

    [Fact]
    public async Task ReasonsNotRead_AreCounted_AndToldByArm()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await store.ExecuteAsync("INSERT INTO runner_standings (instance, number, role, role_confirmed, managed) VALUES ('production', 1, 'legacy', true, true)");
        await store.Get<IJobStore>().RecordAsync(
            StoreFixture.Production,
            [
                Failed(1, Executor.Kubernetes, Yesterday), Failed(2, Executor.Kubernetes, Yesterday), Failed(3, Executor.Kubernetes, Yesterday) with { FailureReason = "script_failure" },
                Failed(4, Executor.Docker, Yesterday), Failed(5, Executor.Kubernetes, Now.AddHours(-1)), Failed(6, Executor.Kubernetes, Yesterday) with { RunnerNumber = 9 },
            ],
            default);
        await DigestTests.CountAsync(store);
        var step = new GateStep("untagged-takeover/100/50", "docker 75 → 50 %", GateStage.Overlap, Now.AddDays(-20), Now.AddDays(-20));

        var facts = await Reader(store).ReadAsync(StoreFixture.Production, step, GatePolicy.Default(GateStage.Overlap), null, default);

        (facts.Collection.Finished, facts.Collection.ReasonMissing).ShouldBe((6L, 5L));
        var arm = facts.Arms.ShouldHaveSingleItem();
        (arm.Kubernetes, arm.Docker).ShouldBe((new ArmCounts(3, 3, 0, 2), new ArmCounts(1, 1, 0, 1)));
    }

    [Fact]
    public async Task NamesOfProjectsThatLookWorse_AreRead_AndOfNoOthers()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await store.Get<IJobStore>().RecordAsync(StoreFixture.Production, [Failed(1, Executor.Kubernetes, Now), Failed(2, Executor.Docker, Now)], default);
        // Project 7 fails half of its jobs on Kubernetes and a tenth on docker, project 8 a tenth on both.
        await store.ExecuteAsync(
            """
            INSERT INTO digest_day_arm (instance, day, project, kubernetes_finished, kubernetes_failed, kubernetes_infrastructure, docker_finished, docker_failed, docker_infrastructure)
            SELECT (SELECT number FROM instances WHERE name = 'production'), date '2026-11-01' - day, project, 100, CASE project WHEN 7 THEN 50 ELSE 10 END + day % 2, 0, 100, 10, 0
            FROM generate_series(0, 13) day, generate_series(7, 8) project;
            INSERT INTO digest_day_job (instance, day, project, name, executor, finished, failed, infrastructure, script, timeout, ran)
            SELECT (SELECT number FROM instances WHERE name = 'production'), date '2026-11-01' - day, project, 'flaky', w.id, 100, 50, 1, 49, 0, ARRAY[]::int[]
            FROM generate_series(0, 13) day, generate_series(7, 8) project, words w WHERE w.word IN ('kubernetes', 'docker')
            """);
        var step = new GateStep("untagged-takeover/100/50", "docker 75 → 50 %", GateStage.Overlap, Now.AddDays(-20), Now.AddDays(-20));
        var facts = await Reader(store).ReadAsync(StoreFixture.Production, step, GatePolicy.Default(GateStage.Overlap), null, default);
        facts.Names.Count.ShouldBe(14);
        facts.Names[^1].ShouldBe(new NameDay(7, "flaky", new DateOnly(2026, 11, 1), new ArmCounts(100, 50, 1), new ArmCounts(100, 50, 1)));
        HeterogeneityGate.Worse(facts, GatePolicy.Default(GateStage.Overlap)).ShouldBeEmpty("by name it is as good");
        HeterogeneityGate.Worse(facts with { Names = [] }, GatePolicy.Default(GateStage.Overlap)).ShouldHaveSingleItem().Project.ShouldBe(7);
    }

    private static GateFactsReader Reader(StoreFixture store) => new(
        store.Get<Database>(), store.Get<InstanceNumbers>(), store.Get<DigestDays>(), new AllRead(), store.Get<IPendingReader>(), store.Get<IFleetStore>(), store.Get<IRunnerHistory>(), store.Get<ITagsAway>(), store.Get<IProjectStore>(), store.Get<IMoveReader>(), new NoonClock());

    private static JobObservation Failed(long number, Executor executor, DateTimeOffset at) => JobStoreTests.Finished(number) with
    {
        Project = new ProjectId(StoreFixture.Production, 7),
        RunnerNumber = 1,
        PipelineId = number,
        Executor = executor,
        Status = JobStatus.Failed,
        FailureReason = null,
        QueuedAt = at.AddMinutes(-20),
        StartedAt = at.AddMinutes(-10),
        FinishedAt = at,
    };

    private sealed class NoonClock : IWorldClock
    {
        DateTimeOffset IWorldClock.Now(InstanceId instance) => Now;

        double IWorldClock.Speed(InstanceId instance) => 0;
    }

    private sealed class AllRead : IJobCollection
    {
        public Task<JobCollection> ReadAsync(InstanceId instance, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<UnreadRange>> UnreadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<IReadOnlyList<UnreadRange>>([]);

        public Task<DateTimeOffset?> LookedAtAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<DateTimeOffset?>(Now);
    }
}
