using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Insights;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Insights;

public sealed class DigestRetentionTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Digests_OfDaysThatNobodyAsksFor_GoWithTheirRows_OfThisInstanceOnly()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<RetentionSweep>();
        var today = DateOnly.FromDateTime(portal.Get<IWorldClock>().Now(SimulatedPortal.Production).UtcDateTime);
        var number = await portal.Get<InstanceNumbers>().NumberAsync(SimulatedPortal.Production, default);
        foreach (var instance in new[] { number, number + 1 })
            await portal.ExecuteAsync($"""
                INSERT INTO digest_days SELECT {instance}, date '{today:yyyy-MM-dd}' - ago, 'mark', now() FROM unnest(ARRAY[0, 61, 62, 63, 200]) AS ago;
                INSERT INTO digest_day_job SELECT 7, day, 0, 1, 0, 0, 0, 0, instance, 'build', ARRAY[]::int[] FROM digest_days WHERE instance = {instance};
                INSERT INTO digest_day_place SELECT 7, day, 0, 0, 0, 1, instance, false, 'main' FROM digest_days WHERE instance = {instance};
                """);

        (await portal.RunAsync<RetentionSweep>()).Said.ShouldEndWith("; digests of 2 days removed.");

        foreach (var table in new[] { "digest_days", "digest_day_job", "digest_day_place" })
        {
            (await AgesAsync(number, table)).ShouldBe([0, 61, 62]);
            (await AgesAsync(number + 1, table)).ShouldBe([0, 61, 62, 63, 200]);
        }

        async Task<int[]> AgesAsync(int instance, string table) =>
            await portal.ScalarAsync<int[]>($"SELECT array_agg(date '{today:yyyy-MM-dd}' - day ORDER BY day DESC) FROM {table} WHERE instance = {instance}");
    }

    [Fact]
    public async Task Digests_OfAStepsEvidence_StayAsLongAsItsLooksWaitForJobs()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<RetentionSweep>();
        var now = portal.Get<IWorldClock>().Now(SimulatedPortal.Production);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var migration = portal.Get<IMigrationStore>();
        var state = await migration.StateAsync(SimulatedPortal.Production, default);
        var opened = new PhaseReached(Phase.OptIn, null, null, false, now.AddDays(-80), 1, "phase 1");
        (await migration.SaveStateAsync(state with { Current = opened, History = [opened] }, default)).ShouldBeTrue();
        var number = await portal.Get<InstanceNumbers>().NumberAsync(SimulatedPortal.Production, default);
        await portal.ExecuteAsync($"""
            INSERT INTO digest_days SELECT {number}, date '{today:yyyy-MM-dd}' - ago, 'mark', now() FROM unnest(ARRAY[0, 62, 63, 79, 80, 81]) AS ago;
            INSERT INTO digest_day_job SELECT 7, day, 0, 1, 0, 0, 0, 0, instance, 'build', ARRAY[]::int[] FROM digest_days;
            INSERT INTO digest_day_place SELECT 7, day, 0, 0, 0, 1, instance, false, 'main' FROM digest_days;
            INSERT INTO digest_day_arm SELECT 7, day, 0, 1, 0, 0, 1, 0, 0, instance FROM digest_days;
            """);

        (await portal.RunAsync<RetentionSweep>()).Said.ShouldEndWith("; digests of 4 days removed.");

        // Gates compare arms alone; names and places of jobs are many times as many rows.
        (await AgesAsync("digest_days"), await AgesAsync("digest_day_arm")).ShouldBe(("0,62,63,79", "0,62,63,79"));
        (await AgesAsync("digest_day_job"), await AgesAsync("digest_day_place")).ShouldBe(("0,62", "0,62"));
        (await portal.RunAsync<RetentionSweep>()).Said.ShouldNotContain("digests");
        (await portal.Get<DigestReach>().SinceAsync(SimulatedPortal.Production, now, default)).ShouldBe(today.AddDays(-79));

        async Task<string> AgesAsync(string table) => await portal.ScalarAsync<string>($"SELECT string_agg((date '{today:yyyy-MM-dd}' - day)::text, ',' ORDER BY day DESC) FROM {table} WHERE instance = {number}");
    }
}
