using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Sweeps;

public sealed class SweepRunnerTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Run_TwoReplicasAtOnce_OnlyOneRuns()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await using var replica = portal.Replica();
        var sweep = new ProbeSweep(async cancel => await Task.Delay(100, cancel));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(one => RunAsync(one % 2 == 0 ? portal.Get<SweepRunner>() : replica.GetRequiredService<SweepRunner>(), sweep)));
        (sweep.Runs, sweep.MostAtOnce).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Run_NotDueYet_WaitsForItsTime()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        var sweep = new ProbeSweep(_ => Task.CompletedTask);
        await RunAsync(portal.Get<SweepRunner>(), sweep);
        await RunAsync(portal.Get<SweepRunner>(), sweep);
        sweep.Runs.ShouldBe(1);

        portal.Get<SweepWishes>().Wish(sweep.Name, SimulatedPortal.Production);
        await RunAsync(portal.Get<SweepRunner>(), sweep);
        sweep.Runs.ShouldBe(2);
    }

    [Fact]
    public async Task Run_InstancesClockStepped_IsDueBeforeItsRealTime()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        var sweep = new ProbeSweep(_ => Task.CompletedTask, notBefore: TimeSpan.Zero);
        await RunAsync(portal.Get<SweepRunner>(), sweep);
        await portal.Simulator.AdvanceAsync(TimeSpan.FromMinutes(61));
        await portal.Get<Infrastructure.Instances.WorldClock>().RefreshAsync(SimulatedPortal.Production, default);
        await RunAsync(portal.Get<SweepRunner>(), sweep);
        sweep.Runs.ShouldBe(2);
    }

    [Fact]
    public async Task Run_WithMoreToDo_GoesOnAsSoonAsItsPaceAllows()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres, timeScale: 1);
        var sweep = new ProbeSweep(async cancel => await Task.Delay(TimeSpan.FromSeconds(1), cancel), notBefore: TimeSpan.FromSeconds(30), again: TimeSpan.Zero);
        await RunAsync(portal.Get<SweepRunner>(), sweep);
        var state = await StateAsync(portal);
        state.DueAt.ShouldBe(state.StartedAt + TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public async Task Run_InstancesClockSteppedSoonAfterARun_IsLookedAfterWhenItsPaceAllows()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        var sweep = new ProbeSweep(_ => Task.CompletedTask, notBefore: TimeSpan.FromMinutes(20));
        await RunAsync(portal.Get<SweepRunner>(), sweep);
        await portal.Simulator.AdvanceAsync(TimeSpan.FromMinutes(61));
        await portal.Get<Infrastructure.Instances.WorldClock>().RefreshAsync(SimulatedPortal.Production, default);

        var lookAt = await portal.Get<SweepRunner>().RunDueAsync(sweep, SimulatedPortal.Production, force: false, default);

        sweep.Runs.ShouldBe(1);
        lookAt.ShouldBe((await StateAsync(portal)).StartedAt + TimeSpan.FromMinutes(20), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Run_Fails_IsWrittenDownBacksOffAndRecovers()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        var broken = true;
        var sweep = new ProbeSweep(_ => broken ? throw new GitLabUnavailableException(SimulatedPortal.Production, "answers 502") : Task.CompletedTask);
        for (var run = 1; run <= 3; run++)
        {
            await portal.Get<SweepRunner>().RunDueAsync(sweep, SimulatedPortal.Production, force: true, default);
            var state = await StateAsync(portal);
            (state.Outcome, state.FailuresInARow, state.Said).ShouldBe((SweepOutcome.Failed, run, "GitLab 'production': answers 502"));
            state.DueAt.ShouldBeInRange(portal.Time.GetUtcNow().AddSeconds(-20), portal.Time.GetUtcNow().AddSeconds(30));
        }
        broken = false;
        await portal.Get<SweepRunner>().RunDueAsync(sweep, SimulatedPortal.Production, force: true, default);
        (await StateAsync(portal)).ShouldSatisfyAllConditions(one => one.Outcome.ShouldBe(SweepOutcome.Done), one => one.FailuresInARow.ShouldBe(0));
    }

    [Fact]
    public async Task Run_LeaseTakenAway_StopsTheWorkAtOnce()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        var stopped = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var sweep = new ProbeSweep(async cancel =>
        {
            started.SetResult();
            await using var _ = cancel.Register(() => stopped.SetResult());
            await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
            cancel.ThrowIfCancellationRequested();
        });
        var run = RunAsync(portal.Get<SweepRunner>(), sweep);
        await started.Task;
        await portal.ExecuteAsync("UPDATE leases SET holder = 'another', token = token + 1");
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await run;
        // Whoever lost it writes nothing, not even how it went, and does not give the other's lease back.
        (await portal.Get<SweepBook>().LastAsync(SimulatedPortal.Production, "probe", default)).ShouldBeNull();
        (await portal.ScalarAsync<string>("SELECT holder FROM leases")).ShouldBe("another");
    }

    [Fact]
    public async Task Run_HolderDied_AnotherTakesOverAfterTheLease()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.Get<ILeaseStore>().TryAcquireAsync("sweep/probe/production", "dead", portal.Time.GetUtcNow(), TimeSpan.FromSeconds(40), default);
        var sweep = new ProbeSweep(_ => Task.CompletedTask);
        await RunAsync(portal.Get<SweepRunner>(), sweep);
        sweep.Runs.ShouldBe(0);
        await Task.Delay(TimeSpan.FromSeconds(41), portal.Time);
        await RunAsync(portal.Get<SweepRunner>(), sweep);
        sweep.Runs.ShouldBe(1);
    }

    private static Task<DateTimeOffset> RunAsync(SweepRunner runner, ISweep sweep) => runner.RunDueAsync(sweep, SimulatedPortal.Production, force: false, default);

    private static async Task<SweepState> StateAsync(SimulatedPortal portal) => (await portal.Get<SweepBook>().LastAsync(SimulatedPortal.Production, "probe", default))!;

    private sealed class ProbeSweep(Func<CancellationToken, Task> work, TimeSpan? notBefore = null, TimeSpan? again = null) : ISweep
    {
        private int _runs;
        private int _now;

        public string Name => "probe";

        public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromHours(1), notBefore ?? TimeSpan.FromSeconds(5), TimeSpan.FromHours(1));

        public bool NeedsReadToken => false;

        public int Runs => _runs;

        public int MostAtOnce { get; private set; }

        public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
        {
            Interlocked.Increment(ref _runs);
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _now));
            await work(cancel);
            Interlocked.Decrement(ref _now);
            return new SweepReport("probed", again);
        }
    }
}
