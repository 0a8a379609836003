using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Gates;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

public sealed class ActOnGuardTests
{
    [Fact]
    public async Task Burst_RollsTheLastStepBackOnce_AndExplainsItself()
    {
        var portal = await OnTheRampAsync();
        (await GuardAsync(portal, GuardWorld.Burst)).ShouldBe("Operation 1 is being rolled back.");
        (await portal.Operations.FindAsync(1, default))!.State.ShouldBe(OperationState.RollingBack);
        var entry = portal.Audit.Entries.Single(one => one.What == "operation.roll-back");
        entry.Who.ShouldBe(Actor.Portal);
        entry.Why.ShouldNotBeNull().ShouldStartWith("Automatic: Burst of infrastructure failures on Kubernetes. In the last 60 minutes 40 of 200 jobs");
        entry.Why.ShouldEndWith("(rule burst, guard evaluation 1)");
        var told = portal.Notices.Told.Single(notice => notice.Severity == NoticeSeverity.Critical);
        (told.Kind, told.Link).ShouldBe((NoticeKind.RollbackStarted, "operations/1"));
        told.Sentence.ShouldContain("40 of 200 jobs");

        // Still burning while it goes back.
        (await GuardAsync(portal, GuardWorld.Burst)).ShouldBe("Alert only: operation 1 goes back already.");
        (await portal.FinishAsync(1)).State.ShouldBe(OperationState.RolledBack);
        portal.Migration.State.Current!.Phase.ShouldBe(Phase.OptIn);
    }

    [Fact]
    public async Task Burst_WhileTheNextStepRuns_RollsThatOneBack()
    {
        var portal = PortalOf(Make.State(Phase.OptIn));
        var running = await portal.StartAsync(Make.Target(Phase.UntaggedTakeover, 1, 100));
        (await GuardAsync(portal, GuardWorld.Burst)).ShouldBe($"Operation {running!.Id} is being rolled back.");
    }

    [Theory]
    [InlineData(false, "Alert only: automation is off.")]
    [InlineData(true, "Alert only: there is no step forward to roll back.")]
    public async Task Burst_WhereThePortalMayNot_OnlyAlerts(bool automation, string said)
    {
        var portal = PortalOf(Make.State(Phase.UntaggedTakeover, 50, 100) with { AutomationOn = automation });
        (await GuardAsync(portal, GuardWorld.Burst)).ShouldBe(said);
        (await portal.Operations.NewestAsync(Make.Production, 9, null, default)).ShouldBeEmpty();
        var told = portal.Notices.Told.ShouldHaveSingleItem();
        (told.Kind, told.Severity, told.Link).ShouldBe((NoticeKind.GuardFired, NoticeSeverity.Critical, "evacuate"));
        told.Numbers.ShouldContain(new NoticeNumber("burst", "40 of 200"));
    }

    [Fact]
    public async Task StepBack_IsNeverRolledBack_BecauseThatWouldGoForward()
    {
        var portal = PortalOf(Make.State(Phase.UntaggedTakeover, 100, 100));
        await portal.FinishAsync((await portal.StartAsync(Make.Target(Phase.UntaggedTakeover, 1, 100)))!.Id);
        (await GuardAsync(portal, GuardWorld.Burst)).ShouldBe("Alert only: there is no step forward to roll back.");
    }

    [Theory]
    [InlineData(GuardAct.RollBack)]
    [InlineData(GuardAct.Evacuate)]
    public async Task OptIn_OnlyAlerts(GuardAct act)
    {
        var portal = PortalOf(Make.State(Phase.OptIn));
        (await GuardAsync(portal, act == GuardAct.Evacuate ? GuardWorld.Dark : GuardWorld.Burst)).ShouldNotBeNull().ShouldStartWith("Alert only: only projects that opted in");
    }

    [Fact]
    public async Task Dark_Evacuates_AndDoesNotBeginTwice()
    {
        var portal = await OnTheRampAsync();
        (await GuardAsync(portal, GuardWorld.Dark)).ShouldBe("Operation 2 evacuates.");
        var told = portal.Notices.Told.ShouldHaveSingleItem();
        (told.Kind, told.Severity, told.Link).ShouldBe((NoticeKind.EvacuationStarted, NoticeSeverity.Critical, "operations/2"));
        told.Sentence.ShouldContain("Automatic: ");
        portal.Audit.Entries.ShouldContain(entry => entry.Who == Actor.Portal && entry.Why != null && entry.Why.EndsWith("(rule blackout, guard evaluation 1)", StringComparison.Ordinal));

        (await GuardAsync(portal, GuardWorld.Dark)).ShouldBe("Alert only: operation 2 evacuates already.");
        (await portal.Operations.NewestAsync(Make.Production, 9, null, default)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Hold_AlertsOnce_AndNothingAskedFor_SaysNothing()
    {
        var portal = await OnTheRampAsync();
        var quiet = GuardWorld.Burst with { Hour = GuardWorld.Burst.Hour with { Docker = new ArmCounts(5, 0, 0) } };
        (await GuardAsync(portal, quiet)).ShouldBe("Alert only: it cannot be laid on Kubernetes alone.");
        await GuardAsync(portal, quiet);
        portal.Notices.Told.Count(notice => notice.Kind == NoticeKind.GuardFired).ShouldBe(1);
        var alert = portal.Audit.Entries.Where(entry => entry.What == "guard.alert").ShouldHaveSingleItem();
        (alert.Who, alert.Subject, alert.After).ShouldBe((Actor.Portal, "guard/1", """{"operation":1}"""));
        (await GuardAsync(portal, GuardWorld.Calm)).ShouldBeNull();
        (await portal.Operations.FindAsync(1, default))!.State.ShouldBe(OperationState.Succeeded);
    }

    private static async Task<string?> GuardAsync(Portal portal, GuardFacts facts)
    {
        facts = facts with { At = portal.Time, Since = portal.Migration.State.Current!.At };
        var evaluation = await portal.Guards.AddAsync(GuardEvaluation.Of(Make.Production, facts), facts, default);
        return await portal.ActOnGuard.RunAsync(evaluation, default);
    }

    private static async Task<Portal> OnTheRampAsync()
    {
        var portal = PortalOf(Make.State(Phase.OptIn));
        var step = await portal.StartAsync(Make.Target(Phase.UntaggedTakeover, 50, 100));
        (await portal.FinishAsync(step!.Id)).State.ShouldBe(OperationState.Succeeded);
        portal.Notices.Told.Clear();
        return portal;
    }

    private static Portal PortalOf(PhaseState state)
    {
        var legacy = Enumerable.Range(1, 4).Select(id => Make.Legacy(id, "docker-fallback linux"));
        var kubernetes = Enumerable.Range(11, 2).Select(id => Make.Kubernetes(id, "k8s-default", untagged: state.Current?.Phase >= Phase.UntaggedTakeover));
        return new Portal(new DesireContext(Make.Fleet([.. legacy, .. kubernetes]), Make.Settings(), state, Make.Census(Make.Class(""), Make.Class("linux", project: 2))));
    }
}
