using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Fleet;

public class RoleProposalTests
{
    [Theory]
    [InlineData("docker", RunnerType.Instance, true, false, RunnerRole.Legacy, true)]
    [InlineData("docker+machine", RunnerType.Instance, true, false, RunnerRole.Legacy, true)]
    [InlineData("kubernetes", RunnerType.Instance, true, false, RunnerRole.Kubernetes, true)]
    [InlineData("kubernetes", RunnerType.Instance, false, false, RunnerRole.Kubernetes, true)]
    [InlineData("docker", RunnerType.Instance, false, false, RunnerRole.Legacy, false)]
    [InlineData("docker", RunnerType.Instance, true, true, RunnerRole.Legacy, false)]
    [InlineData("docker", RunnerType.Group, true, false, RunnerRole.Legacy, false)]
    [InlineData("docker", RunnerType.Project, true, false, RunnerRole.Legacy, false)]
    [InlineData("docker-windows", RunnerType.Instance, true, false, null, false)]
    [InlineData("shell", RunnerType.Instance, true, false, null, false)]
    [InlineData("unknown", RunnerType.Instance, true, false, null, false)]
    public void For_ProposesRoleAndManaged_NeverConfirmed(string executor, RunnerType type, bool untagged, bool guarded, RunnerRole? role, bool managed)
    {
        var runner = Make.Runner(1, null, Make.Attributes("docker", untagged, false, guarded), type: type, executor: executor).Observed;
        RoleProposal.For(runner).ShouldBe(new RunnerStanding(role, false, managed));
    }

    [Theory]
    [InlineData("docker", "kubernetes", null)]
    [InlineData("docker", "docker+machine", RunnerRole.Legacy)]
    [InlineData("docker", "unknown", RunnerRole.Legacy)]
    [InlineData("docker", "docker-windows", null)]
    public void For_MixedManagers_DoesNotGuess(string one, string other, RunnerRole? role)
    {
        var runner = Make.Runner(1, null, Make.Attributes("docker", true), executor: one).Observed;
        runner = runner with { Managers = [.. runner.Managers, runner.Managers[0] with { SystemId = "s_2", Executor = new Executor(other) }] };
        RoleProposal.For(runner).Role.ShouldBe(role);
    }

    [Fact]
    public void For_NoManagers_ProposesNothing() =>
        RoleProposal.For(Make.Runner(1, null, Make.Attributes("docker", true)).Observed with { Managers = [] }).ShouldBe(RunnerStanding.None);

    [Fact]
    public async Task ProposeAndConfirm_WriteStandingsAndAudit_AndLeaveDecidedOnesAlone()
    {
        var decided = Make.Runner(2, null, Make.Attributes("gpu", false), false) with { Standing = new RunnerStanding(null, true, false) };
        var store = new MemoryFleet(Make.Fleet(Make.Runner(1, null, Make.Attributes("docker", true), false, false), decided));
        var audit = new MemoryAudit();
        var portal = new Portal(new Domain.Phases.DesireContext(Make.Fleet(), Make.Settings(), Make.State(), Make.Census()));
        (await new ProposeRoles(store).RunAsync((await store.LatestAsync(Make.Production, default))!, default)).ShouldBe(1);
        var confirm = new ConfirmRoles(store, new SetRole(store, audit, portal));
        (await confirm.RunAsync(Make.Production, Make.Admin, default)).Result().ShouldBe(1);
        (await confirm.RunAsync(Make.Production, Make.Admin, default)).Result().ShouldBe(0);

        var runners = (await store.LatestAsync(Make.Production, default))!.Runners;
        runners[0].Standing.ShouldBe(new RunnerStanding(RunnerRole.Legacy, true, true));
        runners[0].Baseline.ShouldBeNull("nothing was changed yet");
        runners[1].Standing.ShouldBe(decided.Standing);
        audit.Entries.Single().What.ShouldBe("runner.role");
    }
}
