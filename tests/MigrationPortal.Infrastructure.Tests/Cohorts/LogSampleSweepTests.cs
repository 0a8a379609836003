using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Testing;
using MigrationPortal.World;
using Executor = MigrationPortal.World.Executor;

namespace MigrationPortal.Infrastructure.Tests.Cohorts;

public sealed class LogSampleSweepTests(PostgresFixture postgres)
{
    private static readonly InstanceId Instance = SimulatedPortal.Production;
    private static readonly DateOnly Always = new(2020, 1, 1);

    [Fact]
    public async Task Sweep_DrawsAsManyOfEither_AsAnyoneCan_AndReadsEachLogOnce()
    {
        await using var portal = await CollectedAsync("4");
        var samples = portal.Get<ILogSamples>();
        await UntilReadAsync(portal);

        var days = await samples.DaysAsync(Instance, Always, DateOnly.MaxValue, default);
        days.Count.ShouldBeInRange(3, SampleLogs.DaysBack);
        days.ShouldAllBe(day => day.Each == Math.Min(4, Math.Min(day.DockerFailed, day.KubernetesFailed)));
        days.Sum(day => day.Each).ShouldBeGreaterThan(3);
        var seed = await samples.SeedAsync(Instance, default);
        foreach (var day in days)
        {
            var expected = LogSample.Draw(seed, Instance, await samples.FailedAsync(Instance, day.Day, default), 4).Select(one => one.Job).Order().ToArray();
            (await portal.ScalarAsync<long[]>($"SELECT coalesce(array_agg(job ORDER BY job), ARRAY[]::bigint[]) FROM log_sample_jobs WHERE day = '{day.Day:yyyy-MM-dd}'")).ShouldBe(expected);
        }

        var cells = await samples.CellsAsync(Instance, Always, DateOnly.MaxValue, default);
        foreach (var family in (ExecutorFamily[])[ExecutorFamily.Docker, ExecutorFamily.Kubernetes]) cells.Where(cell => cell.Executor == family).Sum(cell => cell.Jobs).ShouldBe(days.Sum(day => day.Each));
        cells.ShouldAllBe(cell => cell.Log == LogState.Read);
        var read = portal.Wire.Log.Count(one => one.Path.EndsWith("/trace", StringComparison.Ordinal));
        read.ShouldBe(2 * days.Sum(day => day.Each));
        (await portal.RunAsync<LogSampleSweep>()).Said.ShouldBe("Every drawn log is read.");
        portal.Wire.Log.Count(one => one.Path.EndsWith("/trace", StringComparison.Ordinal)).ShouldBe(read);

        // What the logs say agrees with the world: the share that they blame on the runner is that of jobs that did not fail by their script.
        foreach (var family in (ExecutorFamily[])[ExecutorFamily.Docker, ExecutorFamily.Kubernetes])
        {
            var jobs = await portal.ScalarAsync<long[]>($"SELECT array_agg(job) FROM log_sample_jobs WHERE executor = '{family}'");
            var script = portal.Simulator.Production.Do(world => jobs.Count(job => world.Jobs.Find(job)!.Cause == Cause.Script));
            cells.Where(cell => cell.Executor == family && cell.Blame == FailureBlame.Code).Sum(cell => cell.Jobs).ShouldBe(script);
        }
    }

    [Fact]
    public async Task Sweep_BudgetSpent_IsPutOff_AndGoesOn_AndZeroReadsNothing()
    {
        await using var portal = await CollectedAsync("3");
        var asked = 0;
        portal.Wire.Instead = path =>
        {
            if (path.EndsWith("/trace", StringComparison.Ordinal) && ++asked == 2)
                portal.Get<IBudgetStore>().HoldAsync(Instance, RequestLane.Monitoring, portal.Time.GetUtcNow().AddHours(1), default).GetAwaiter().GetResult();
            return null;
        };

        (await portal.RunAsync<LogSampleSweep>()).Outcome.ShouldBe(SweepOutcome.PutOff);
        (await portal.ScalarAsync<long>("SELECT count(*) FROM failure_verdicts")).ShouldBe(2);

        await using var none = await SimulatedPortal.StartAsync(postgres, change: settings => settings["Portal:GitLab:Instances:0:LogSampleADay"] = "0");
        (await none.RunAsync<LogSampleSweep>()).Said.ShouldBe("No logs are sampled: LogSampleADay is 0.");
    }

    [Fact]
    public async Task Sweep_WhileNoRunnerIsManaged_DrawsNoDay_SoThatNoneIsLost()
    {
        await using var portal = await CollectedAsync("3");
        await portal.ExecuteAsync("UPDATE runner_standings SET managed = false");
        await portal.RunAsync<LogSampleSweep>();
        (await portal.Get<ILogSamples>().DaysAsync(Instance, Always, DateOnly.MaxValue, default)).ShouldBeEmpty();

        await portal.ExecuteAsync("UPDATE runner_standings SET managed = true");
        await portal.RunAsync<LogSampleSweep>();
        (await portal.Get<ILogSamples>().DaysAsync(Instance, Always, DateOnly.MaxValue, default)).ShouldNotBeEmpty();
    }

    private static async Task UntilReadAsync(SimulatedPortal portal)
    {
        for (var runs = 0; (await portal.RunAsync<LogSampleSweep>()).Said != "Every drawn log is read."; runs++) runs.ShouldBeLessThan(20);
    }

    /// <summary>Days on which Kubernetes takes all jobs that docker takes, beside it.</summary>
    private async Task<SimulatedPortal> CollectedAsync(string each)
    {
        var portal = await SimulatedPortal.StartAsync(postgres, change: settings => settings["Portal:GitLab:Instances:0:LogSampleADay"] = each);
        await portal.RunAsync<FleetSweep>();
        await portal.RunAsync<ProjectSweep>();
        await portal.Get<ConfirmRoles>().RunAsync(Instance, Actor.Portal, default);
        portal.Simulator.Production.Do(world =>
        {
            string[] tags = [.. world.Fleet.Runners.SelectMany(runner => runner.TagList).Distinct().Order(StringComparer.Ordinal).Take(50)];
            foreach (var runner in world.Fleet.Runners.Where(runner => runner.Managers.Any(manager => manager.Executor == Executor.Kubernetes)).ToList())
                _ = world.Apply(new UpdateRunner(runner.Id, RunUntagged: true, Paused: false, TagList: tags));
            return 0;
        });
        for (var day = 0; day < 6; day++)
        {
            await portal.Simulator.AdvanceAsync(TimeSpan.FromDays(1));
            while ((await portal.RunAsync<JobSweep>()).Said.Contains("more to read", StringComparison.Ordinal))
            {
            }
        }

        while (!(await portal.RunAsync<HistorySweep>()).Said.StartsWith("All read", StringComparison.Ordinal))
        {
        }

        await portal.RunAsync<ReasonSweep>();
        return portal;
    }
}
