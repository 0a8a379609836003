using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Jobs;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Phases;

/// <summary>Which jobs waited for a tag that was away from 12:00 to 12:15.</summary>
public sealed class BrownoutReaderTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset From = StoreFixture.Noon;
    private static readonly Brownout Over = new(1, StoreFixture.Production, "docker", From, From.AddMinutes(15), From.AddMinutes(15));

    [Fact]
    public async Task Waits_CountsJobsThatCouldNotStartInIt_NotThoseBeforeOrAfterOrOfOtherTags()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await store.Get<IJobStore>().RecordAsync(StoreFixture.Production,
        [
            Job(1, queued: -10, started: -9),
            Job(2, queued: -2, started: 16),
            Job(3, queued: 5, started: 17),
            Job(4, queued: 6, started: 18) with { Tags = TagSet.Of("linux") },
            Job(5, queued: 7, started: 15) with { Tags = TagSet.Of("docker", "gpu") },
            // Kubernetes carries the tag too: it did not wait for the end.
            Job(6, queued: 8, started: 9),
            Job(7, queued: 20, started: 21),
            Job(8, queued: 3, started: null) with { Status = JobStatus.Failed, FinishedAt = From.AddMinutes(63), FailureReason = "stuck_or_timeout_failure" },
            Job(9, queued: 4, started: null) with { Status = JobStatus.Pending, FinishedAt = null },
            Job(10, queued: -90, started: null) with { Status = JobStatus.Canceled, FinishedAt = From.AddMinutes(-30) },
            Job(11, queued: null, started: null) with { Status = JobStatus.Manual, CreatedAt = From, FinishedAt = null },
        ], default);

        var waits = await store.Get<IBrownoutReader>().WaitsAsync(Over, From.AddMinutes(70), default);

        (waits.Waited, waits.Waiting, waits.Dropped).ShouldBe((5, 1, 1));
        waits.Longest.ShouldBe(TimeSpan.FromMinutes(66));
        waits.Mean.ShouldBe(TimeSpan.FromMinutes((18 + 12 + 8 + 60 + 66) / 5.0));
    }

    [Fact]
    public async Task Waits_WhileItRuns_CountsUpToNow()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await store.Get<IJobStore>().RecordAsync(StoreFixture.Production, [Job(1, queued: 2, started: null) with { Status = JobStatus.Pending, FinishedAt = null }], default);

        (await store.Get<IBrownoutReader>().WaitsAsync(Over with { ReturnedAt = null }, From.AddMinutes(8), default))
            .ShouldBe(new BrownoutWaits(1, 1, 0, TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(6)));
    }

    [Fact]
    public async Task Waits_NobodyAsked_IsNothing() => (await (await StoreFixture.OpenAsync(postgres)).Get<IBrownoutReader>().WaitsAsync(Over, From.AddHours(1), default))
        .ShouldBe(new BrownoutWaits(0, 0, 0, TimeSpan.Zero, TimeSpan.Zero));

    private static JobObservation Job(long number, double? queued, double? started) => JobStoreTests.Finished(number) with
    {
        Tags = TagSet.Of("docker"),
        CreatedAt = From.AddMinutes((queued ?? 0) - 1),
        QueuedAt = queued is { } at ? From.AddMinutes(at) : null,
        StartedAt = started is { } begun ? From.AddMinutes(begun) : null,
        FinishedAt = From.AddMinutes((started ?? queued ?? 0) + 1),
        RunnerNumber = started is null ? null : 1,
    };
}
