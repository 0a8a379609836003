using MigrationPortal.Domain.Jobs;
using MigrationPortal.Infrastructure.Store;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Testing;
using Npgsql;

namespace MigrationPortal.Infrastructure.Tests.Jobs;

/// <summary>The database fails in the middle of a batch: all or nothing, nothing twice, and the next try is whole.</summary>
public sealed class BrokenRecordingTests(PostgresFixture postgres)
{
    private const string Terminated = "PERFORM pg_terminate_backend(pg_backend_pid());";
    private const string DiskFull = "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';";

    private static readonly IReadOnlyList<JobObservation> Batch = [.. Enumerable.Range(1, 400).Select(number => JobStoreTests.Finished(number))];

    [Theory]
    [InlineData(Terminated)]
    [InlineData(DiskFull)]
    public async Task Record_FailsInTheMiddleOfTheCopy_LeavesNothing_AndTheNextTryIsWhole(string mishap)
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await store.ExecuteAsync(OnRow("= 0 OR NEW.number >= 200", mishap));

        var fault = await Should.ThrowAsync<NpgsqlException>(() => store.Get<IJobStore>().RecordAsync(StoreFixture.Production, Batch, default));
        StoreFault.Explain(fault).ShouldNotBeNull();
        (await store.ScalarAsync<long>("SELECT nextval('copied')")).ShouldBeGreaterThan(200);
        (await store.ScalarAsync<long>("SELECT count(*) FROM jobs")).ShouldBe(0);
        (await store.ScalarAsync<long>("SELECT count(*) FROM rollup_hour_result")).ShouldBe(0);

        await store.ExecuteAsync("DROP TRIGGER mishap ON jobs");
        await RecordedOnceAsync(store);
    }

    [Fact]
    public async Task Record_BackendTerminatedOnceInTheMiddleOfTheCopy_TriesAgainByItself_AndCountsEachJobOnce()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await store.ExecuteAsync(OnRow("= 200", Terminated));
        await RecordedOnceAsync(store);
        (await store.ScalarAsync<long>("SELECT nextval('copied')")).ShouldBeGreaterThan(600);
    }

    [Fact]
    public async Task JobSweep_DiskFull_SaysSo_MovesNoWatermark_AndLosesNothing()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<FleetSweep>();
        await StepAsync(portal, 5);
        await portal.ExecuteAsync(OnRow("> 0", DiskFull));
        var before = await StandingAsync(portal);
        await portal.Simulator.AdvanceAsync(TimeSpan.FromMinutes(30));

        var failed = await portal.RunAsync<JobSweep>();
        (failed.Outcome, failed.Said).ShouldBe((Domain.Instances.SweepOutcome.Failed, portal.Get<StoreTrouble>().Now));
        failed.Said.ShouldContain("disk is full");
        (await StandingAsync(portal)).ShouldBe(before);

        await portal.ExecuteAsync("DROP TRIGGER mishap ON jobs");
        await StepAsync(portal, 3);
        while (!(await portal.RunAsync<HistorySweep>()).Said.StartsWith("All read", StringComparison.Ordinal)) await portal.RunAsync<JobSweep>();
        await StepAsync(portal, 3);
        portal.Get<StoreTrouble>().Now.ShouldBeNull();
        JobTruth.Differences(JobTruth.Of(portal), await JobTruth.RecordedAsync(portal)).ShouldBeEmpty();
    }

    private static async Task RecordedOnceAsync(StoreFixture store)
    {
        (await store.Get<IJobStore>().RecordAsync(StoreFixture.Production, Batch, default)).ShouldBe(Batch.Count);
        (await store.ScalarAsync<long>("SELECT count(*) FROM jobs")).ShouldBe(Batch.Count);
        (await store.ScalarAsync<decimal>("SELECT sum(jobs) FROM rollup_hour_result")).ShouldBe(Batch.Count);
        await RawRollups.ShouldMatchAsync(store);
    }

    private static async Task StepAsync(SimulatedPortal portal, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            await portal.Simulator.AdvanceAsync(TimeSpan.FromMinutes(3));
            await portal.RunAsync<JobSweep>();
            await portal.RunAsync<ReasonSweep>();
        }
    }

    // What was read up to where, and what came of it.
    private static Task<string> StandingAsync(SimulatedPortal portal) => portal.ScalarAsync<string>(
        """
        SELECT concat_ws(E'\n', (SELECT count(*) FROM jobs), (SELECT sum(jobs) FROM rollup_hour_result),
            (SELECT string_agg(instance || source || value, ',' ORDER BY instance, source) FROM watermarks WHERE source NOT LIKE 'sweep/%'))
        """);

    private static string OnRow(string which, string mishap) =>
        $"""
        CREATE SEQUENCE copied;
        CREATE FUNCTION mishap() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF nextval('copied') {which} THEN {mishap} END IF; RETURN NEW; END $$;
        CREATE TRIGGER mishap BEFORE INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION mishap();
        """;
}
