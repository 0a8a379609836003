using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Plans;

public class ApplyPlanTests
{
    private static readonly PlanTarget Takeover = Make.Target(Phase.UntaggedTakeover);

    [Fact]
    public async Task Apply_FleetChangedSince_IsRefused()
    {
        var (portal, plan) = await PlannedAsync(Takeover);
        portal.GitLab.Set(Make.Id(1), runner => runner with { Attributes = runner.Attributes with { Paused = true } });
        (await portal.Apply.RunAsync(Portal.ApplyAll(plan), default)).Code().ShouldBe("fleet-changed");
        portal.GitLab.Writes.ShouldBe(0);
    }

    [Fact]
    public async Task Apply_UnmanagedRunnerChangedSince_IsNotAChangedFleet()
    {
        var (portal, plan) = await PlannedAsync(Takeover);
        portal.GitLab.Set(Make.Id(21), runner => runner with { Attributes = runner.Attributes with { Paused = true } });
        (await portal.Apply.RunAsync(Portal.ApplyAll(plan), default)).Code().ShouldBe("done");
    }

    [Fact]
    public async Task Apply_WrongTagDecision_IsRefusedNamingTagSetAndProjects_UnlessOverriddenByName()
    {
        var context = Context() with { Settings = Make.Settings("docker-fallback", ("linux", TagDecision.Retire)) };
        var portal = new Portal(context);
        var plan = (await portal.Plan.RunAsync(Make.Production, Make.Target(Phase.DockerFallback), Make.Admin, default)).Result();
        var bare = Portal.ApplyAll(plan) with { Overrides = [] };
        var refusal = (await portal.Apply.RunAsync(bare, default)).Match(_ => null!, refusal => refusal);
        refusal.Code.ShouldBe("no-runner");
        refusal.Overrides.ShouldBe(["no-runner:linux"]);
        refusal.Reasons.Single().ShouldContain("[linux]");
        refusal.Reasons.Single().ShouldContain("team/app-2");
        (await portal.Apply.RunAsync(bare with { Overrides = ["no-runner:linux"] }, default)).Code().ShouldBe("done");
    }

    [Fact]
    public async Task Apply_KubernetesSilentSincePlanning_IsRefusedAsNoRunner()
    {
        var (portal, plan) = await PlannedAsync(Takeover);
        portal.GitLab.Set(Make.Id(11), runner => runner with { ContactedAt = Make.Now.AddMinutes(-6) });
        (await portal.Apply.RunAsync(Portal.ApplyAll(plan), default)).Code().ShouldBe("no-runner");
    }

    [Fact]
    public async Task Apply_WhileAnotherRuns_IsRefused_EvacuationPreempts()
    {
        var portal = new Portal(Context());
        var running = (await portal.StartAsync(Takeover))!;
        var second = (await portal.Plan.RunAsync(Make.Production, Takeover, Make.Admin, default)).Result();
        (await portal.Apply.RunAsync(Portal.ApplyAll(second), default)).Code().ShouldBe("operation-running");

        var evacuation = (await portal.Evacuate.RunAsync(Make.Production, Make.Admin, "fire", [], default)).Result();
        (await portal.Operations.FindAsync(running.Id, default))!.State.ShouldBe(OperationState.Aborted);
        (await portal.FinishAsync(evacuation.Id)).State.ShouldBe(OperationState.Succeeded);
        portal.GitLab.State[Make.Id(11)].Paused.ShouldBeTrue();
        portal.Migration.State.Current!.Evacuated.ShouldBeTrue();
    }

    [Theory]
    [InlineData(false, "observe-mode")]
    [InlineData(true, "done")]
    public async Task Apply_WithoutAWriteToken_IsObserveMode(bool canWrite, string code)
    {
        var (portal, plan) = await PlannedAsync(Takeover);
        portal.Health = new ConnectionHealth(Make.Production, Make.Now, true, "19.2.1", true, canWrite, null, null, [], []);
        (await portal.Apply.RunAsync(Portal.ApplyAll(plan), default)).Code().ShouldBe(code);
    }

    [Fact]
    public async Task Apply_UnconfirmedRoles_IsRefused_AndGoesOnceConfirmed()
    {
        var context = Context();
        var open = context.Fleet.Runners[0] with { Standing = new RunnerStanding(RunnerRole.Legacy, false, true) };
        var portal = new Portal(context with { Fleet = context.Fleet with { Runners = [open, .. context.Fleet.Runners.Skip(1)] } });
        var plan = (await portal.Plan.RunAsync(Make.Production, Takeover, Make.Admin, default)).Result();
        (await portal.Apply.RunAsync(Portal.ApplyAll(plan), default)).Code().ShouldBe("roles-unconfirmed");
        await portal.Fleet.SetStandingAsync(open.Id, new RunnerStanding(RunnerRole.Legacy, true, true), default);
        (await portal.Apply.RunAsync(Portal.ApplyAll(plan), default)).Code().ShouldBe("done");
    }

    [Fact]
    public async Task Apply_EmptyPlan_SucceedsAtOnceAndRecordsThePhase()
    {
        var portal = new Portal(Context());
        await portal.FinishAsync((await portal.StartAsync(Make.Target(Phase.OptIn)))!.Id);
        var empty = (await portal.StartAsync(Make.Target(Phase.Prepare)))!;
        empty.State.ShouldBe(OperationState.Succeeded);
        portal.Migration.State.Current!.Phase.ShouldBe(Phase.Prepare);
        portal.Migration.State.History.Select(one => one.Label).ShouldBe(["phase 1", "phase 0"]);
    }

    [Fact]
    public async Task Apply_Deletion_NeedsItsOwnConfirmation_AndCannotBeRolledBack()
    {
        var context = Context();
        var paused = context.Fleet.Runners[0] with { Observed = context.Fleet.Runners[0].Observed with { Attributes = context.Fleet.Runners[0].Attributes with { Paused = true } } };
        var portal = new Portal(context with { Fleet = context.Fleet with { Runners = [paused, .. context.Fleet.Runners.Skip(1)] } });
        var plan = (await portal.Plan.RunAsync(Make.Production, new PlanTarget.DeleteRunners([1]), Make.Admin, default)).Result();
        (await portal.Apply.RunAsync(Portal.ApplyAll(plan) with { Confirm = null }, default)).Code().ShouldBe("confirmation-needed");
        var operation = (await portal.Apply.RunAsync(Portal.ApplyAll(plan) with { Confirm = "delete 1" }, default)).Result();
        (await portal.FinishAsync(operation.Id)).State.ShouldBe(OperationState.Succeeded);
        portal.GitLab.State.ShouldNotContainKey(Make.Id(1));
        (await portal.RollBack.RunAsync(operation.Id, Make.Admin, "oops", default)).Code().ShouldBe("deleted-runners");
    }

    [Fact]
    public async Task Apply_DeletionOfARunnerWithRunningJobs_WarnsAndWaitsUntilItIsDrained()
    {
        var context = Context();
        var paused = context.Fleet.Runners[0] with { Observed = context.Fleet.Runners[0].Observed with { Attributes = context.Fleet.Runners[0].Attributes with { Paused = true } } };
        var portal = new Portal(context with { Fleet = context.Fleet with { Runners = [paused, .. context.Fleet.Runners.Skip(1)] } });
        portal.Jobs.Running[Make.Id(1)] = portal.GitLab.Running[Make.Id(1)] = 2;
        var plan = (await portal.Plan.RunAsync(Make.Production, new PlanTarget.DeleteRunners([1]), Make.Admin, default)).Result();
        plan.Warnings.Single(one => one.Code == "not-drained").Message.ShouldContain("still running 2 jobs");

        var operation = (await portal.Apply.RunAsync(Portal.ApplyAll(plan), default)).Result();
        var waiting = (await portal.Run.RunAsync(Make.Production, default)).Operation!;
        (waiting.State, portal.GitLab.State.ContainsKey(Make.Id(1))).ShouldBe((OperationState.Waiting, true));
        waiting.Waits!.ShouldContain("still running 2 jobs");

        // The portal's own picture may be behind: GitLab's word decides.
        portal.GitLab.Running.Clear();
        (await portal.FinishAsync(operation.Id, 1)).State.ShouldBe(OperationState.Succeeded);
        portal.GitLab.State.ShouldNotContainKey(Make.Id(1));
    }

    [Fact]
    public async Task Apply_StoresTheBreakGlassScriptBeforeTheFirstStep()
    {
        var (portal, plan) = await PlannedAsync(Takeover);
        var operation = (await portal.Apply.RunAsync(Portal.ApplyAll(plan), default)).Result();
        portal.GitLab.Writes.ShouldBe(0);
        (await portal.Operations.BreakGlassAsync(operation.Id, default)).ShouldBe(BreakGlassScript.For(plan, new Uri(Portal.Instance.Url)));
    }

    [Fact]
    public async Task Apply_GitLabDoesNotAnswer_IsRefusedAndNothingStarts()
    {
        var (portal, plan) = await PlannedAsync(Takeover);
        portal.GitLab.Failing = (portal.GitLab.Calls + 1, Fault.UnavailableBefore);
        (await portal.Apply.RunAsync(Portal.ApplyAll(plan), default)).Code().ShouldBe("gitlab-unavailable");
        (await portal.Operations.UnfinishedAsync(Make.Production, default)).ShouldBeNull();
    }

    /// <summary>One legacy, one Kubernetes and one unmanaged runner; untagged and linux jobs.</summary>
    internal static DesireContext Context() => new(
        Make.Fleet(
            Make.Legacy(1, "linux docker-fallback", baseline: Make.Attributes("linux", true)),
            Make.Kubernetes(11, "k8s-default"),
            Make.Runner(21, null, Make.Attributes("own"), false)),
        Make.Settings(), Make.State(), Make.Census(Make.Class("", 200), Make.Class("linux", project: 2)));

    private static async Task<(Portal Portal, Plan Plan)> PlannedAsync(PlanTarget target)
    {
        var portal = new Portal(Context());
        return (portal, (await portal.Plan.RunAsync(Make.Production, target, Make.Admin, default)).Result());
    }
}
