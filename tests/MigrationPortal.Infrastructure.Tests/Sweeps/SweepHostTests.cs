using Microsoft.Extensions.Hosting;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Infrastructure.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Sweeps;

public sealed class SweepHostTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Host_DatabasePreparedLate_StartsByItselfAndRunsEverySweep()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres, database: await postgres.CreateDatabaseAsync(), hosted: true);
        foreach (var service in portal.Get<IEnumerable<IHostedService>>()) await service.StartAsync(default);
        await Task.Delay(200);
        await portal.Get<StoreMigrator>().MigrateAsync(default);

        string[] all = ["apply", "cluster-drift", "clusters", "cohorts", "connection", "digest", "fleet", "gates", "graduation", "guard", "history", "hooks", "housekeeping", "jobs", "log-sample", "moves", "notices", "operation", "pin-mails", "pins", "project-digests", "projects", "promotions", "readiness", "reasons", "retention", "schedule", "stragglers", "surge", "twin-runs"];
        await UntilAsync(async () => (await portal.Get<ISweepReader>().LastRunsAsync(SimulatedPortal.Production, default)).Select(one => one.Name).SequenceEqual(all));
        (await portal.Get<ISweepReader>().LastRunsAsync(SimulatedPortal.Production, default)).ShouldAllBe(one => one.Outcome != SweepOutcome.Failed);
        await UntilAsync(async () => (await portal.Get<IJobReader>().FindAsync(new JobFilter(SimulatedPortal.Production), 1, null, default)).Count == 1);
        await UntilAsync(async () => await portal.ScalarAsync<long>("SELECT count(*) FROM hangfire.hash WHERE key = 'recurring-job:sweeps'") > 0);

        foreach (var service in portal.Get<IEnumerable<IHostedService>>().Reverse()) await service.StopAsync(default);
    }

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        var end = TimeProvider.System.GetTimestamp();
        while (!await ReachedAsync(reached))
        {
            if (TimeProvider.System.GetElapsedTime(end) > Deadline) Assert.Fail("Not reached within a minute.");
            await Task.Delay(100);
        }
    }

    // Hangfire's tables come a little later than ours.
    private static async Task<bool> ReachedAsync(Func<Task<bool>> reached)
    {
        try
        {
            return await reached();
        }
        catch (Npgsql.PostgresException missing) when (missing.SqlState is "42P01" or "3F000")
        {
            return false;
        }
    }
}
