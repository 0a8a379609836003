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
