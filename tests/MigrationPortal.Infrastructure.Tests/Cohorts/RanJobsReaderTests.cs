using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Cohorts;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Cohorts;

/// <summary>Counted days as the store has them. The time is noon.</summary>
public sealed class RanJobsReaderTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Jobs_OfTheDaysAfterEachChange_AreSummed_ByTagsAndExecutorFamily()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var number = await store.Get<InstanceNumbers>().NumberAsync(StoreFixture.Production, default);
        await store.ExecuteAsync(
            $$"""
            INSERT INTO words (word) VALUES ('docker'), ('docker+machine'), ('kubernetes'), ('shell') ON CONFLICT DO NOTHING;
            INSERT INTO tag_sets (tags) VALUES ('{k8s-default}'), ('{}');
            INSERT INTO digest_day_place (instance, day, project, tag_set, source, executor, managed, ref, finished)
            SELECT {{number}}, day, project, coalesce((SELECT id FROM tag_sets WHERE tags = set::text[]), 0), 1, w.id, managed, 'main', 1
            FROM generate_series(date '2026-10-20', date '2026-11-02', interval '1 day') day, generate_series(1, 3) project, unnest(ARRAY['{k8s-default}', '{}', NULL]) set, words w, unnest(ARRAY[true, false]) managed
            WHERE w.word IN ('docker', 'docker+machine', 'kubernetes');
            """);

        var ran = await new RanJobsReader(store.Get<Database>(), store.Get<InstanceNumbers>(), new NoonClock()).SinceAsync(
            StoreFixture.Production, [Of(1, StoreFixture.Noon.AddDays(-3)), Of(2, StoreFixture.Noon.AddDays(-900)), Of(9, StoreFixture.Noon)], default);

        ran.Where(one => one.Project.Number == 1).Select(one => (one.Tags.Count, one.Executor, one.Jobs)).ShouldBe(
            [(1, ExecutorFamily.Docker, 12), (1, ExecutorFamily.Kubernetes, 6), (0, ExecutorFamily.Docker, 24), (0, ExecutorFamily.Kubernetes, 12)], ignoreOrder: true);
        ran.Where(one => one.Project.Number == 2).Sum(one => one.Jobs).ShouldBe(14 * 3 * 3 * 2);
        ran.Select(one => one.Project.Number).Distinct().ShouldBe([1, 2]);
    }

    private static Enrollment Of(long project, DateTimeOffset since) => new(
        project, new ProjectId(StoreFixture.Production, project), EnrollmentTarget.Kubernetes, EnrollmentKind.Volunteer, null, EnrollmentState.Moved, null, null, Actor.Portal, since, 1);

    private sealed class NoonClock : IWorldClock
    {
        DateTimeOffset IWorldClock.Now(InstanceId instance) => StoreFixture.Noon;

        double IWorldClock.Speed(InstanceId instance) => 0;
    }
}
