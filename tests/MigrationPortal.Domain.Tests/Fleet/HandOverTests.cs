using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Fleet;

public sealed class HandOverTests
{
    [Fact]
    public void Hosts_ThatAreFreeComeFirst_AndMachinesAreSaid()
    {
        var machine = new RunnerManager("s_machine", Executor.DockerMachine, "18.1", RunnerStatus.Online, Make.Now.AddMinutes(-1));
        var idle = new RunnerManager("s_idle", Executor.Docker, "18.1", RunnerStatus.Offline, Make.Now.AddDays(-2));

        var hosts = HandOver.Of([Drained(1, 2, idle), Drained(2, 0, idle, machine), Drained(3, 0)], Make.Now);

        hosts.Select(one => (one.Runner.Number, one.SystemId, one.State, one.HasMachines, one.IsUp)).ShouldBe([
            (2, "s_machine", HandOverState.Free, true, true), (2, "s_idle", HandOverState.Free, false, false), (3, "", HandOverState.Free, false, false), (1, "s_idle", HandOverState.Draining, false, false)]);
    }

    [Fact]
    public void Deleted_IsNeverUp() =>
        HandOver.Of([Drained(1, 0, new RunnerManager("s_1", Executor.Docker, null, RunnerStatus.Online, Make.Now)) with { GoneAt = Make.Now }], Make.Now).ShouldHaveSingleItem().IsUp.ShouldBeFalse();

    [Theory]
    [InlineData(59, HandOverState.NotKnown)]
    [InlineData(60, HandOverState.Free)]
    [InlineData(null, HandOverState.NotKnown)]
    public void Free_OnlyOnceJobsWereReadAMinuteAfterThePause(int? seconds, HandOverState state) =>
        HandOver.Of([Drained(1, 0) with { JobsReadAt = seconds is { } after ? Make.Now.AddHours(-1).AddSeconds(after) : null }], Make.Now).ShouldHaveSingleItem().State.ShouldBe(state);

    private static DrainedRunner Drained(long id, long running, params RunnerManager[] managers) =>
        new(Make.Legacy(id, "docker", paused: true).Observed with { Managers = managers, ContactedAt = null }, null, Make.Now.AddDays(-1), Make.Now.AddHours(-1), Make.Now, running);
}
