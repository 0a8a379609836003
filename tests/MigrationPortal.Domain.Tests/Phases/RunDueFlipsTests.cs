using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Tests.Plans;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

/// <summary>What becomes of a flip when it is due: on time, late by each rule, and never twice.</summary>
public class RunDueFlipsTests
{
    private static readonly PlanTarget Takeover = Make.Target(Phase.UntaggedTakeover);
    private static readonly DateTimeOffset Due = Make.Now.AddHours(1);

    [Fact]
    public async Task Due_BeginsItsOperation_AndLeavesTheSchedule()
    {
        var (portal, _) = await ScheduledAsync(MissedRule.Ask);
        (await portal.DueFlips.RunAsync(Make.Production, default)).ShouldBe(0);
        portal.Time = Due;
        (await portal.DueFlips.RunAsync(Make.Production, default)).ShouldBe(1);
        portal.Schedule.All[0].OperationId.ShouldBe(1);
        await portal.FinishAsync(1);
        (await portal.DueFlips.RunAsync(Make.Production, default)).ShouldBe(0);
    }

    [Theory]
    [InlineData(MissedRule.Ask, 5, "operation 1")]
    [InlineData(MissedRule.Skip, 5, "operation 1")]
    [InlineData(MissedRule.Run, 60, "operation 1")]
    [InlineData(MissedRule.Ask, 5.1, "asked")]
    [InlineData(MissedRule.Skip, 5.1, "Skipped, as its rule says: the portal was not running, or GitLab did not answer.")]
    [InlineData(MissedRule.Run, 60.1, "Given up, 60 minutes late: the portal was not running, or GitLab did not answer.")]
    public async Task PortalWasDown_TheRuleSaysWhatHappens(MissedRule rule, double minutesLate, string becomes)
    {
        var (portal, _) = await ScheduledAsync(rule);
        portal.Time = Due.AddMinutes(minutesLate);

        (await portal.DueFlips.RunAsync(Make.Production, default)).ShouldBe(1);

        var flip = portal.Schedule.All[0];
        (flip.MissedAt is not null ? "asked" : flip.OperationId is { } begun ? $"operation {begun}" : flip.Outcome).ShouldBe(becomes);
        (await portal.DueFlips.RunAsync(Make.Production, default)).ShouldBe(0, "said once");
    }

    [Fact]
    public async Task AutomationOff_IsTriedUntilItIsMissed_AndTheReasonIsSaid()
    {
        var (portal, _) = await ScheduledAsync(MissedRule.Skip);
        await new SwitchAutomation(portal.Migration, portal.Audit, portal).RunAsync(Make.Production, false, "holiday", Make.Admin, default);
        portal.Time = Due.AddMinutes(3);
        (await portal.DueFlips.RunAsync(Make.Production, default)).ShouldBe(0);
        portal.Time = Due.AddMinutes(6);
        (await portal.DueFlips.RunAsync(Make.Production, default)).ShouldBe(1);
        portal.Schedule.All[0].Outcome!.ShouldContain("holiday");
    }

    [Fact]
    public async Task Asked_RunsWhenSomebodySaysSo_AndDoesNotHoldUpTheNext()
    {
        var (portal, schedule) = await ScheduledAsync(MissedRule.Ask);
        await schedule.RunAsync(Make.Production, Make.Target(Phase.Prepare), Due.AddHours(5), Make.Admin, "next", [], default);
        (await schedule.RunNowAsync(Make.Production, 1, Make.Admin, null, default)).Code().ShouldBe("not-missed");
        portal.Time = Due.AddHours(5);
        (await portal.DueFlips.RunAsync(Make.Production, default)).ShouldBe(2);
        portal.Schedule.All[1].OperationId.ShouldBe(1);
        await portal.FinishAsync(1);

        (await schedule.RunNowAsync(Make.Production, 1, Make.Admin, "still wanted", default)).Code().ShouldBe("done");
        (await portal.DueFlips.RunAsync(Make.Production, default)).ShouldBe(1);
        portal.Schedule.All[0].OperationId.ShouldBe(2);
    }

    [Fact]
    public async Task GatesThatBind_RefuseIt_AndThePlanThatMayBeOverriddenIsNamed()
    {
        var (portal, _) = await ScheduledAsync(MissedRule.Ask);
        var step = GateSteps.PhaseOf(portal.Migration.State);
        var policies = new Dictionary<Phase, PhasePolicy> { [step] = PhasePolicy.Default(step) with { GatesBind = true } };
        (await portal.Migration.SaveSettingsAsync(portal.Migration.Settings with { Policies = policies }, default)).ShouldBeTrue();
        portal.Time = Due;
        (await portal.DueFlips.RunAsync(Make.Production, default)).ShouldBe(1);
        portal.Schedule.All[0].Outcome.ShouldNotBeNull().ShouldStartWith("Refused (gates-hold): ");
        portal.Schedule.All[0].Outcome!.ShouldEndWith("Plan 1 stands: an administrator may apply it by hand and override by name.");
        portal.Notices.Told[^1].Link.ShouldBe("plans/1");
        portal.Audit.Entries[^1].After.ShouldBe("""{"plan":1}""");
    }

    [Fact]
    public async Task HandledByAnotherReplicaMeanwhile_BeginsNothing()
    {
        var (portal, _) = await ScheduledAsync(MissedRule.Run);
        portal.Time = Due;
        portal.GitLab.Meddling = (portal.GitLab.Calls + 1, _ => portal.Schedule.All[0] = portal.Schedule.All[0] with { OperationId = 7, Outcome = "Operation 7 began." });

        await portal.DueFlips.RunAsync(Make.Production, default);

        portal.Audit.Entries.ShouldNotContain(entry => entry.What == "plan.apply");
        portal.Schedule.All[0].OperationId.ShouldBe(7);
    }

    [Fact]
    public async Task BrownoutOnTheSchedule_RunsAndComesBack()
    {
        var portal = new Portal(ApplyPlanTests.Context() with { State = Make.State(Phase.DockerFallback) });
        var tag = ApplyPlanTests.Context().Legacy.First().Attributes.Tags.First();
        var schedule = new ScheduleFlip(portal.Schedule, portal.Migration, portal.ReadFreezes, portal.Audit, portal);
        (await schedule.RunAsync(Make.Production, new PlanTarget.Brownout(tag, TimeSpan.FromMinutes(10)), Due, Make.Admin, "announced", [], default)).Result();
        portal.Time = Due;
        (await portal.DueFlips.RunAsync(Make.Production, default)).ShouldBe(1);
        portal.Schedule.All[0].OperationId.ShouldBe(1, portal.Schedule.All[0].Outcome);
        (await portal.Operations.FindAsync(1, default))!.Brownout!.Until.ShouldBe(Due.AddMinutes(10));
    }

    private static async Task<(Portal Portal, ScheduleFlip Schedule)> ScheduledAsync(MissedRule rule)
    {
        var portal = new Portal(ApplyPlanTests.Context());
        var schedule = new ScheduleFlip(portal.Schedule, portal.Migration, portal.ReadFreezes, portal.Audit, portal);
        (await schedule.RunAsync(Make.Production, Takeover, Make.Now, Make.Admin, "x", [], default)).Code().ShouldBe("due-in-the-past");
        (await schedule.RunAsync(Make.Production, Takeover, Due, Make.Admin, "x", [], default, rule)).Result();
        return (portal, schedule);
    }
}
