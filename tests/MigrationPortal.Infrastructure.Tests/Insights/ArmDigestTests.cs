using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Insights;
using MigrationPortal.Infrastructure.Tests.Jobs;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Insights;

/// <summary>What gates compare: first attempts on managed runners of the docker and kubernetes families, by project, tag set and day.</summary>
public sealed class ArmDigestTests(PostgresFixture postgres)
{
    private const long Managed = 1;
    private const long Unmanaged = 9;
    private static readonly DateTimeOffset Day = new(StoreFixture.Noon.Date, TimeSpan.Zero);

    [Fact]
    public async Task Arms_CountFirstAttemptsOfManagedRunnersOnly()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await ManageAsync(store, Managed);
        await store.Get<IJobStore>().RecordAsync(
            StoreFixture.Production,
            [
                Job(1, Executor.Kubernetes), Failed(Job(2, Executor.Kubernetes), "runner_system_failure"), Failed(Job(3, Executor.Kubernetes), "script_failure"),
                Job(4, Executor.DockerMachine), Failed(Job(5, Executor.Docker), "runner_system_failure"), Job(6, Executor.Docker) with { PipelineId = 5 },
                Job(7, Executor.Kubernetes, Unmanaged), Job(10, Executor.Docker) with { Tags = TagSet.Of("gpu") }, Job(8, new Executor("shell")), Job(9, Executor.Docker) with { Status = JobStatus.Canceled },
            ],
            default);
        await DigestTests.CountAsync(store);
        // Job 6 is a retry of job 5: same pipeline and name.
        (await ArmsAsync(store)).ShouldBe("7 [gpu]: 0 0 0 0, 1 0 0 0; 7 [linux]: 3 2 1 0, 2 1 1 0");

        // Taken in by name, a runner's past counts as well.
        await ManageAsync(store, Unmanaged);
        await DigestTests.CountAsync(store);
        (await ArmsAsync(store)).ShouldBe("7 [gpu]: 0 0 0 0, 1 0 0 0; 7 [linux]: 4 2 1 0, 2 1 1 0");
    }

    [Fact]
    public async Task Arms_TellFailuresWithoutAReason_UntilItIsRead()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await ManageAsync(store, Managed);
        await store.Get<IJobStore>().RecordAsync(
            StoreFixture.Production,
            [Failed(Job(1, Executor.Kubernetes), null), Failed(Job(2, Executor.Kubernetes), null), Failed(Job(3, Executor.Docker), null), Failed(Job(4, Executor.Kubernetes, Unmanaged), null), Job(5, Executor.Docker)], default);
        await DigestTests.CountAsync(store);
        (await ArmsAsync(store)).ShouldBe("7 [linux]: 2 2 0 2, 2 1 0 1");

        await store.Get<IJobStore>().RecordAsync(StoreFixture.Production, [Failed(Job(1, Executor.Kubernetes), "runner_system_failure"), Failed(Job(3, Executor.Docker), "script_failure")], default);
        await DigestTests.CountAsync(store);
        (await ArmsAsync(store)).ShouldBe("7 [linux]: 2 2 1 1, 2 1 0 0");
    }

    [Fact]
    public async Task Arms_OfDaysThatPagesNoLongerAskFor_AreCountedAlone()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await ManageAsync(store, Managed);
        await store.Get<IJobStore>().RecordAsync(StoreFixture.Production, [Job(1, Executor.Kubernetes), Job(2, Executor.Docker)], default);
        await CountAtAsync(Day.AddDays(62));
        (await RowsAsync()).ShouldBe("1 2 2");
        await CountAtAsync(Day.AddDays(63));
        (await RowsAsync()).ShouldBe("1 0 0");

        Task CountAtAsync(DateTimeOffset now) => store.Get<DigestDays>().CountAsync(StoreFixture.Production, DateOnly.FromDateTime(Day.UtcDateTime), now, default);

        Task<string> RowsAsync() => store.ScalarAsync<string>("SELECT concat_ws(' ', (SELECT count(*) FROM digest_day_arm), (SELECT count(*) FROM digest_day_job), (SELECT count(*) FROM digest_day_place))");
    }

    private static Task<string> ArmsAsync(StoreFixture store) => store.ScalarAsync<string>(
        """
        SELECT string_agg(format('%s [%s]: %s %s %s %s, %s %s %s %s', project, array_to_string(t.tags, ','),
            kubernetes_finished, kubernetes_failed, kubernetes_infrastructure, kubernetes_unread, docker_finished, docker_failed, docker_infrastructure, docker_unread), '; ' ORDER BY t.tags)
        FROM digest_day_arm a JOIN tag_sets t ON t.id = a.tag_set
        """);

    private static Task ManageAsync(StoreFixture store, long runner) => store.ExecuteAsync(
        $"INSERT INTO runner_standings (instance, number, role, role_confirmed, managed) VALUES ('production', {runner}, 'legacy', true, true)");

    private static JobObservation Failed(JobObservation job, string? reason) => job with { Status = JobStatus.Failed, FailureReason = reason };

    private static JobObservation Job(long number, Executor executor, long runner = Managed) => JobStoreTests.Finished(number) with
    {
        Project = new(StoreFixture.Production, 7),
        PipelineId = number,
        RunnerNumber = runner,
        Executor = executor,
        Tags = TagSet.Of("linux"),
        QueuedAt = Day.AddHours(1),
        StartedAt = Day.AddHours(1),
        FinishedAt = Day.AddHours(2),
    };
}
