using System.Text.Json;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Fleet;

public sealed class DrainedRunnersTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Legacy_PausedOrGone_IsListed_AndNothingElse()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var fleet = store.Get<IFleetStore>();
        await fleet.StoreAsync(StoreFixture.Production, StoreFixture.Noon, [Runner(1, paused: true), Runner(2, paused: false), Runner(3, paused: false), Runner(4, paused: true)], default);
        foreach (var number in (long[])[1, 2, 3]) await fleet.SetStandingAsync(new RunnerId(StoreFixture.Production, number), new RunnerStanding(RunnerRole.Legacy, true, true), default);
        await fleet.SetStandingAsync(new RunnerId(StoreFixture.Production, 4), new RunnerStanding(RunnerRole.Kubernetes, true, true), default);
        await fleet.StoreAsync(StoreFixture.Production, StoreFixture.Noon.AddHours(1), [Runner(1, paused: true), Runner(2, paused: false), Runner(4, paused: true)], default);

        var drained = await store.Get<IDrainedRunners>().ReadAsync(StoreFixture.Production, default);

        drained.Select(one => (one.Observed.Id.Number, one.GoneAt is not null, one.Observed.Managers[0].SystemId, one.Running)).ShouldBe([(1, false, "s_1", 0), (3, true, "s_3", 0)]);
        drained.Select(one => (one.StoppedAt, one.JobsReadAt)).ShouldBe([(StoreFixture.Noon, null), (StoreFixture.Noon.AddHours(1), null)]);
        await store.Get<IInstanceStore>().SaveWatermarkAsync(StoreFixture.Production, JobSweep.CoverageSource, JsonSerializer.Serialize(new JobCoverage(0, 0, [], LookedAt: StoreFixture.Noon.AddHours(2))), StoreFixture.Noon, default);
        (await store.Get<IDrainedRunners>().ReadAsync(StoreFixture.Production, default))[0].JobsReadAt.ShouldBe(StoreFixture.Noon.AddHours(2));
    }

    private static ObservedRunner Runner(long number, bool paused) => new(
        new RunnerId(StoreFixture.Production, number), $"docker-{number}", RunnerType.Instance, new RunnerAttributes(TagSet.Of("docker"), true, paused, RunnerAccessLevel.NotProtected), false, RunnerStatus.Online, StoreFixture.Noon, StoreFixture.Noon, null,
        [new RunnerManager($"s_{number}", Executor.DockerMachine, "18.1", RunnerStatus.Online, StoreFixture.Noon)], new HashSet<long>(), new HashSet<long>());
}
