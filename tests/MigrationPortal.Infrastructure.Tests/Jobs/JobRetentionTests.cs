using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Jobs;

/// <summary>Partitions of 100 job numbers; a job was created, started and ended on the day that its number names, from 1 Nov on.</summary>
public sealed class JobRetentionTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset First = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Drop_OldPartitions_GoAndTheirSumsStay()
    {
        await using var store = await OpenAsync();
        var jobs = store.Get<IJobStore>();
        await jobs.RecordAsync(StoreFixture.Production, [Job(10, day: 0), Job(110, day: 1), Job(210, day: 5), Job(310, day: 6)], default);
        var before = await store.ScalarAsync<decimal>("SELECT sum(jobs) FROM rollup_hour_result");

        (await store.Get<IJobReader>().KeptSinceAsync(StoreFixture.Production, default)).ShouldBeNull();

        (await DropAsync(store, day: 5)).ShouldBe(2);

        (await store.Get<IJobReader>().KeptSinceAsync(StoreFixture.Production, default)).ShouldNotBeNull().ShouldBe(First.AddDays(5), TimeSpan.FromDays(1));
        (await NumbersAsync(store)).ShouldBe("210, 310");
        (await store.ScalarAsync<decimal>("SELECT sum(jobs) FROM rollup_hour_result")).ShouldBe(before);
        (await DropAsync(store, day: 5)).ShouldBe(0);
    }

    [Fact]
    public async Task Record_JobThatWasDropped_IsNotCountedAgain_OneThatMovedOnSinceIs()
    {
        await using var store = await OpenAsync();
        var jobs = store.Get<IJobStore>();
        await jobs.RecordAsync(StoreFixture.Production, [Job(10, day: 0), Job(210, day: 5)], default);
        await DropAsync(store, day: 5);

        (await jobs.RecordAsync(StoreFixture.Production, [Job(10, day: 0), Job(12, day: 1)], default)).ShouldBe(0);
        var startedByHand = Job(14, day: 8) with { CreatedAt = First, QueuedAt = First.AddDays(8) };
        (await jobs.RecordAsync(StoreFixture.Production, [startedByHand], default)).ShouldBe(1);
        // What is there is heard also when a source tells no times.
        (await jobs.RecordAsync(StoreFixture.Production, [JobObservation.Gone(startedByHand.Id, startedByHand.Project) with { FailureReason = "script_failure" }], default)).ShouldBe(1);

        (await NumbersAsync(store)).ShouldBe("14, 210");
        (await store.ScalarAsync<decimal>("SELECT sum(jobs) FROM rollup_hour_result")).ShouldBe(3);
    }

    [Fact]
    public async Task Drop_PartitionWithAJobThatStillRuns_Stays()
    {
        await using var store = await OpenAsync();
        await store.Get<IJobStore>().RecordAsync(
            StoreFixture.Production,
            [
                Job(10, day: 0), Job(11, day: 0) with { Status = JobStatus.Running, FinishedAt = null, StartedAt = First.AddDays(6) },
                Job(110, day: 0) with { Status = JobStatus.Manual, StartedAt = null, FinishedAt = null },
            ],
            default);

        (await DropAsync(store, day: 5)).ShouldBe(1);

        (await NumbersAsync(store)).ShouldBe("10, 11");
    }

    [Fact]
    public async Task Record_OnAReplicaThatKnewTheDroppedPartition_MakesItAnew()
    {
        await using var store = await OpenAsync();
        await using var other = store.Replica();
        await other.GetRequiredService<IJobStore>().RecordAsync(StoreFixture.Production, [Job(10, day: 0)], default);
        await DropAsync(store, day: 5);

        (await other.GetRequiredService<IJobStore>().RecordAsync(StoreFixture.Production, [Job(11, day: 6)], default)).ShouldBe(1);
    }

    [Fact]
    public async Task Drop_WhileSomebodyReadsForLong_WaitsForTheNextTime()
    {
        await using var store = await OpenAsync();
        await store.Get<IJobStore>().RecordAsync(StoreFixture.Production, [Job(10, day: 0)], default);
        await using var reader = await store.Source.OpenConnectionAsync();
        await using (var reading = await reader.BeginTransactionAsync())
        {
            await using var read = reader.CreateCommand();
            read.CommandText = "SELECT count(*) FROM jobs";
            await read.ExecuteScalarAsync();
            (await DropAsync(store, day: 5)).ShouldBe(0);
            (await store.Get<IJobStore>().RecordAsync(StoreFixture.Production, [Job(12, day: 1)], default)).ShouldBe(1);
        }

        (await DropAsync(store, day: 5)).ShouldBe(1);
    }

    private async Task<StoreFixture> OpenAsync()
    {
        var store = await StoreFixture.OpenAsync(postgres);
        await store.ExecuteAsync("INSERT INTO instances (name, partition_span) VALUES ('production', 100)");
        return store;
    }

    private static Task<int> DropAsync(StoreFixture store, int day) =>
        store.Get<JobRetention>().DropAsync(StoreFixture.Production, First.AddDays(day), default);

    private static Task<string> NumbersAsync(StoreFixture store) => store.ScalarAsync<string>("SELECT string_agg(number::text, ', ' ORDER BY number) FROM jobs");

    private static JobObservation Job(long number, int day)
    {
        var at = First.AddDays(day);
        return JobStoreTests.Finished(number) with { PipelineId = number, CreatedAt = at, QueuedAt = at, StartedAt = at, FinishedAt = at.AddMinutes(1) };
    }
}
