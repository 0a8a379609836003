using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Plans;

public class RunOperationTests
{
    private static readonly PlanTarget Takeover = Make.Target(Phase.UntaggedTakeover);

    [Fact]
    public async Task Narrow_BeforeKubernetesStartedAJob_Waits_ThenGoes()
    {
        var (portal, id) = await StartedAsync();
        portal.Jobs.Started = (_, _) => false;
        var waiting = (await portal.Run.RunAsync(Make.Production, default)).Operation!;
        waiting.State.ShouldBe(OperationState.Waiting);
        waiting.Waits!.ShouldContain("No job has started on kubernetes-11");
        (await portal.Operations.FindAsync(waiting.Id, default))!.Steps[^1].State.ShouldBe(OperationStepState.Waiting);
        portal.GitLab.State[Make.Id(11)].RunUntagged.ShouldBeTrue();
        portal.GitLab.State[Make.Id(1)].RunUntagged.ShouldBeTrue();

        portal.Jobs.Started = (runner, since) => runner == Make.Id(11) && since == Make.Now;
        (await portal.FinishAsync(id)).State.ShouldBe(OperationState.Succeeded);
        portal.GitLab.State[Make.Id(1)].RunUntagged.ShouldBeFalse();
    }

    [Fact]
    public async Task Narrow_UnprovenForHalfAnHour_Halts_AndResumeWaitsAnew()
    {
        var (portal, id) = await StartedAsync();
        portal.Jobs.Started = (_, _) => false;
        await portal.Run.RunAsync(Make.Production, default);
        portal.Time = Make.Now.AddMinutes(29);
        (await portal.Run.RunAsync(Make.Production, default)).Operation!.State.ShouldBe(OperationState.Waiting);
        portal.Time = Make.Now.AddMinutes(30);
        var halted = (await portal.Run.RunAsync(Make.Production, default)).Operation!;
        (halted.State, halted.HaltCode).ShouldBe((OperationState.Halted, "not-proven"));

        (await portal.Resume.RunAsync(id, Make.Admin, null, default)).Result();
        (await portal.Run.RunAsync(Make.Production, default)).Operation!.State.ShouldBe(OperationState.Waiting);
        portal.Audit.Entries.Select(entry => entry.What).ShouldContain("operation.halted");
    }

    [Fact]
    public async Task Narrow_BegunByThePortalOnAQuietNight_WaitsForADay()
    {
        var (portal, id) = await StartedAsync();
        await portal.Operations.SaveAsync((await portal.Operations.FindAsync(id, default))! with { StartedBy = Actor.Portal }, default);
        portal.Jobs.Started = (_, _) => false;
        await portal.Run.RunAsync(Make.Production, default);
        portal.Time = Make.Now.AddHours(23.9);
        (await portal.Run.RunAsync(Make.Production, default)).Operation!.State.ShouldBe(OperationState.Waiting);
        portal.Time = Make.Now.AddHours(24);
        var halted = (await portal.Run.RunAsync(Make.Production, default)).Operation!;
        (halted.State, halted.HaltCode).ShouldBe((OperationState.Halted, "not-proven"));
        halted.Waits!.ShouldContain("Waited 24 hours.");
    }

    [Fact]
    public async Task Narrow_WhatItReliesOnFallsSilent_WaitsNamingIt()
    {
        var (portal, _) = await StartedAsync();
        portal.GitLab.Set(Make.Id(11), runner => runner with { ContactedAt = Make.Now.AddMinutes(-4) });
        portal.GitLab.Written = () => portal.GitLab.Set(Make.Id(11), runner => runner with { ContactedAt = Make.Now.AddMinutes(-6) });
        var waiting = (await portal.Run.RunAsync(Make.Production, default)).Operation!;
        waiting.State.ShouldBe(OperationState.Waiting);
        waiting.Waits!.ShouldContain("kubernetes-11");
        portal.GitLab.State[Make.Id(1)].RunUntagged.ShouldBeTrue();
    }

    [Fact]
    public async Task RareClass_NeedsNoProof()
    {
        var context = ApplyPlanTests.Context() with { Census = Make.Census(Make.Class("", 3)) };
        var portal = new Portal(context);
        portal.Jobs.Started = (_, _) => false;
        var operation = (await portal.StartAsync(Takeover))!;
        (await portal.FinishAsync(operation.Id, 1)).State.ShouldBe(OperationState.Succeeded);
    }

    [Fact]
    public async Task GitLabUnavailable_WaitsWithReason_AndGoesOnLater()
    {
        var (portal, id) = await StartedAsync();
        portal.GitLab.Failing = (portal.GitLab.Calls + 2, Fault.UnavailableAfter);
        var waiting = (await portal.Run.RunAsync(Make.Production, default)).Operation!;
        waiting.State.ShouldBe(OperationState.Waiting);
        waiting.Waits!.ShouldContain("502 Bad Gateway");
        (await portal.FinishAsync(id, 1)).State.ShouldBe(OperationState.Succeeded);
    }

    [Fact]
    public async Task GitLabRefuses_HaltsWithItsOwnWordsBesideTheRunner()
    {
        var (portal, _) = await StartedAsync();
        portal.GitLab.Failing = (portal.GitLab.Calls + 2, Fault.Refused);
        var halted = (await portal.Run.RunAsync(Make.Production, default)).Operation!;
        (halted.State, halted.HaltCode).ShouldBe((OperationState.Halted, "gitlab-refused"));
        (await portal.Operations.FindAsync(halted.Id, default))!.Steps[0].Message.ShouldBe("403 Forbidden");
    }

    [Fact]
    public async Task RollBack_WhileWaiting_RestoresTheFirstFleet_AndThePhaseStays()
    {
        var (portal, id) = await StartedAsync();
        portal.Jobs.Started = (_, _) => false;
        await portal.Run.RunAsync(Make.Production, default);
        (await portal.RollBack.RunAsync(id, Make.Admin, "back", default)).Result().State.ShouldBe(OperationState.RollingBack);
        (await portal.FinishAsync(id)).State.ShouldBe(OperationState.RolledBack);
        portal.GitLab.State[Make.Id(11)].RunUntagged.ShouldBeFalse();
        portal.Migration.State.Current.ShouldBeNull();
        (await portal.RollBack.RunAsync(id, Make.Admin, "back", default)).Code().ShouldBe("already-rolled-back");
    }

    [Fact]
    public async Task RollBack_OfASucceededPhase_GoesBackToTheFormerPhase()
    {
        var portal = new Portal(ApplyPlanTests.Context());
        await portal.FinishAsync((await portal.StartAsync(Make.Target(Phase.OptIn)))!.Id);
        var operation = (await portal.StartAsync(Takeover))!;
        await portal.FinishAsync(operation.Id);
        portal.Migration.State.Current!.Phase.ShouldBe(Phase.UntaggedTakeover);
        await portal.RollBack.RunAsync(operation.Id, Make.Admin, "back", default);
        await portal.FinishAsync(operation.Id);
        portal.Migration.State.Current!.Phase.ShouldBe(Phase.OptIn);
        portal.Migration.State.History.Select(one => one.Label).ShouldBe(["phase 1", "phase 2", "back to phase 1"]);
    }

    [Fact]
    public async Task RollBack_AfterALaterOperationChangedTheSameRunner_IsRefused_UntilThatOneIsBack()
    {
        var (portal, id) = await StartedAsync();
        await portal.FinishAsync(id);
        var later = (await portal.StartAsync(Make.Target(Phase.UntaggedTakeover, 100, 100)))!;
        await portal.FinishAsync(later.Id);
        (await portal.RollBack.RunAsync(id, Make.Admin, "back", default)).Code().ShouldBe("superseded");
        await portal.RollBack.RunAsync(later.Id, Make.Admin, "back", default);
        await portal.FinishAsync(later.Id);
        (await portal.RollBack.RunAsync(id, Make.Admin, "back", default)).Code().ShouldBe("done");
    }

    [Theory]
    [InlineData(1, "done")]
    [InlineData(int.MaxValue, "operation-running")]
    public async Task RollBack_WhileOthersAreStarted_PreemptsThem_OrIsRefused_AndNeverBreaks(int times, string code)
    {
        var (portal, id) = await StartedAsync();
        await portal.FinishAsync(id);
        var wish = (await portal.Operations.FindAsync(id, default))! with { State = OperationState.Pending, Steps = [] };
        // Between the look for others and the write that turns this one round.
        portal.Operations.Saving = saved =>
        {
            if (saved.Id == id && times-- > 0) portal.Operations.TryStartAsync(wish, "", default).GetAwaiter().GetResult();
        };
        (await portal.RollBack.RunAsync(id, Make.Admin, "back", default)).Code().ShouldBe(code);
        if (code != "done") return;
        (await portal.Operations.FindAsync(id + 1, default))!.State.ShouldBe(OperationState.Aborted);
        (await portal.FinishAsync(id)).State.ShouldBe(OperationState.RolledBack);
    }

    [Fact]
    public async Task RollBack_ThatIsRefused_LeavesTheRunningOneAlone()
    {
        var (portal, id) = await StartedAsync();
        await portal.FinishAsync(id);
        await portal.RollBack.RunAsync(id, Make.Admin, "back", default);
        await portal.FinishAsync(id);
        var running = (await portal.StartAsync(Takeover))!;
        (await portal.RollBack.RunAsync(id, Make.Admin, "back again", default)).Code().ShouldBe("already-rolled-back");
        (await portal.Operations.FindAsync(running.Id, default))!.State.ShouldNotBe(OperationState.Aborted);
    }

    [Fact]
    public async Task RunnerChangedAfterItsLastStep_IsFoundAtTheEnd_AndHalts()
    {
        var (portal, _) = await StartedAsync();
        var writes = 0;
        portal.GitLab.Written = () =>
        {
            // The second write is the last step; the first runner is changed behind its back.
            if (++writes == 2) portal.GitLab.Set(Make.Id(11), runner => runner with { Attributes = runner.Attributes with { RunUntagged = false } });
        };
        var halted = (await portal.Run.RunAsync(Make.Production, default)).Operation!;
        (halted.State, halted.HaltCode).ShouldBe((OperationState.Halted, "changed-meanwhile"));
        halted.Waits!.ShouldContain("kubernetes-11");
        portal.Migration.State.Current.ShouldBeNull();
    }

    [Fact]
    public async Task RollBack_WithTheFormerServerSilent_KeepsTheNewOneUntilItIsBack()
    {
        var (portal, id) = await StartedAsync();
        await portal.FinishAsync(id);
        await portal.RollBack.RunAsync(id, Make.Admin, "back", default);
        portal.GitLab.Set(Make.Id(1), runner => runner with { ContactedAt = Make.Now.AddMinutes(-5.5) });
        portal.Time = Make.Now.AddMinutes(1);
        var fleet = (await portal.Operations.FindAsync(id, default))! with { StartedAt = Make.Now.AddMinutes(-2) };
        await portal.Operations.SaveAsync(fleet, default);
        var waiting = (await portal.Run.RunAsync(Make.Production, default)).Operation!;
        waiting.State.ShouldBe(OperationState.RollingBack);
        waiting.Waits!.ShouldContain("kubernetes-11 is the last runner in contact for untagged jobs");
        portal.GitLab.State[Make.Id(11)].RunUntagged.ShouldBeTrue();

        portal.GitLab.Set(Make.Id(1), runner => runner with { ContactedAt = Make.Now });
        portal.Time = Make.Now.AddMinutes(3);
        (await portal.FinishAsync(id, 1)).State.ShouldBe(OperationState.RolledBack);
    }

    [Fact]
    public async Task Evacuation_InsistsWhenARunnerWasChangedMeanwhile()
    {
        var portal = new Portal(ApplyPlanTests.Context());
        await portal.FinishAsync((await portal.StartAsync(Takeover))!.Id);
        var evacuation = (await portal.Evacuate.RunAsync(Make.Production, Make.Admin, "fire", [], default)).Result();
        portal.GitLab.Set(Make.Id(1), runner => runner with { Attributes = runner.Attributes with { Tags = runner.Attributes.Tags.With("extra") } });
        await portal.FinishAsync(evacuation.Id, 1);
        portal.GitLab.State[Make.Id(1)].RunUntagged.ShouldBeTrue();
        portal.GitLab.State[Make.Id(11)].Paused.ShouldBeTrue();
    }

    [Fact]
    public async Task Abort_LeavesTheFleet_AndRollBackStaysPossible()
    {
        var (portal, id) = await StartedAsync();
        portal.Jobs.Started = (_, _) => false;
        await portal.Run.RunAsync(Make.Production, default);
        (await portal.Abort.RunAsync(id, Make.Admin, "enough", default)).Result().State.ShouldBe(OperationState.Aborted);
        portal.GitLab.State[Make.Id(11)].RunUntagged.ShouldBeTrue();
        (await portal.Run.RunAsync(Make.Production, default)).Operation.ShouldBeNull();
        (await portal.Abort.RunAsync(id, Make.Admin, "again", default)).Code().ShouldBe("operation-ended");
        await portal.RollBack.RunAsync(id, Make.Admin, "back", default);
        (await portal.FinishAsync(id)).State.ShouldBe(OperationState.RolledBack);
        portal.GitLab.State[Make.Id(11)].RunUntagged.ShouldBeFalse();
    }

    [Fact]
    public async Task MaintenanceNote_IsOurs_AndNeverOverwritesAPersons()
    {
        var (portal, id) = await StartedAsync();
        portal.GitLab.Set(Make.Id(11), runner => runner with { MaintenanceNote = "ask Kim" });
        await portal.FinishAsync(id);
        portal.GitLab.Notes[Make.Id(11)].ShouldBe("ask Kim");
        portal.GitLab.Notes[Make.Id(1)]!.ShouldContain("operation 1");
    }

    [Fact]
    public async Task RollBack_RestoresTheMaintenanceNotes()
    {
        var (portal, id) = await StartedAsync();
        await portal.FinishAsync(id);
        var later = (await portal.StartAsync(Make.Target(Phase.UntaggedTakeover, 100, 100)))!;
        await portal.FinishAsync(later.Id);
        portal.GitLab.Notes[Make.Id(1)]!.ShouldContain("operation 2");

        await portal.RollBack.RunAsync(later.Id, Make.Admin, "back", default);
        await portal.FinishAsync(later.Id);
        portal.GitLab.Notes[Make.Id(1)]!.ShouldContain("operation 1");

        await portal.RollBack.RunAsync(id, Make.Admin, "back", default);
        await portal.FinishAsync(id);
        portal.GitLab.Notes.Values.ShouldAllBe(note => note == null);
    }

    private static async Task<(Portal Portal, long Id)> StartedAsync()
    {
        var portal = new Portal(ApplyPlanTests.Context());
        return (portal, (await portal.StartAsync(Takeover))!.Id);
    }
}
