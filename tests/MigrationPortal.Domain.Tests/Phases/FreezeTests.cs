using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Tests.Plans;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

/// <summary>What a freeze window stops, and what it does not.</summary>
public sealed class FreezeTests
{
    private static readonly PlanTarget Takeover = Make.Target(Phase.UntaggedTakeover);
    private static readonly DateTimeOffset Due = Make.Now.AddHours(1);
    private static readonly DateTimeOffset End = Due.AddHours(3);

    [Theory]
    [InlineData(MissedRule.Ask, "asked: it was due in the freeze window 'Audit', which ended 2026-11-23 16:00 UTC.")]
    [InlineData(MissedRule.Skip, "Skipped, as its rule says: it was due in the freeze window 'Audit', which ended 2026-11-23 16:00 UTC.")]
    [InlineData(MissedRule.Run, "operation 1")]
    public async Task DueInAFreeze_IsHeldUntilItsEnd_ThenItsRuleForMissedOnesSpeaks(MissedRule rule, string becomes)
    {
        var portal = await ScheduledAsync(Takeover, rule);
        portal.Freezes.Add(Make.Production, "Audit", Due.AddHours(-1), End);

        portal.Time = Due;
        (await portal.DueFlips.RunAsync(Make.Production, default)).ShouldBe(1);
        var held = portal.Schedule.All[0];
        (held.HeldUntil, held.HeldBy, held.MissedAt, held.Outcome).ShouldBe((End, "Audit", null, null));
        (await portal.DueFlips.RunAsync(Make.Production, default)).ShouldBe(0, "said once");
        portal.Time = End.AddSeconds(-1);
        (await portal.DueFlips.RunAsync(Make.Production, default)).ShouldBe(0);

        portal.Time = End;
        (await portal.DueFlips.RunAsync(Make.Production, default)).ShouldBe(1);
        Became(portal).ShouldBe(becomes);
        portal.Notices.Told.ShouldContain(notice => notice.Kind.Name == "schedule.held" && notice.Sentence.Contains("'Audit' until 2026-11-23 16:00 UTC", StringComparison.Ordinal));
    }

    [Theory] // minutes after the freeze's end; the portal was down all the time
    [InlineData(MissedRule.Run, 59, "operation 1")]
    [InlineData(MissedRule.Run, 61, "Given up, 60 minutes late: it was due in the freeze window 'Audit', which ended 2026-11-23 16:00 UTC.")]
    [InlineData(MissedRule.Ask, 61, "asked: it was due in the freeze window 'Audit', which ended 2026-11-23 16:00 UTC.")]
    public async Task PortalWasDownInTheFreeze_LatenessCountsFromItsEnd(MissedRule rule, double minutes, string becomes)
    {
        var portal = await ScheduledAsync(Takeover, rule);
        portal.Freezes.Add(Make.Production, "Audit", Due.AddHours(-1), End);
        portal.Time = End.AddMinutes(minutes);
        (await portal.DueFlips.RunAsync(Make.Production, default)).ShouldBe(1);
        Became(portal).ShouldBe(becomes);
    }

    [Fact]
    public async Task WindowRemovedWhileItHolds_TheFlipIsMissedAtOnce_ForThatReason()
    {
        var portal = await ScheduledAsync(Takeover, MissedRule.Ask);
        portal.Freezes.Add(Make.Production, "Audit", Due.AddHours(-1), End);
        portal.Time = Due;
        await portal.DueFlips.RunAsync(Make.Production, default);
        portal.Freezes.All.Clear();
        portal.Time = Due.AddHours(1);
        (await portal.DueFlips.RunAsync(Make.Production, default)).ShouldBe(1);
        Became(portal).ShouldContain("it was due in the freeze window 'Audit', which ended 2026-11-23 14:00 UTC");
    }

    [Fact]
    public async Task FreezeBeganLongAfterTheDueTime_IsNotWhyItWasMissed()
    {
        var portal = await ScheduledAsync(Takeover, MissedRule.Skip);
        portal.Freezes.Add(Make.Production, "Audit", Due.AddHours(1), End);
        portal.Time = Due.AddHours(2);
        (await portal.DueFlips.RunAsync(Make.Production, default)).ShouldBe(1);
        Became(portal).ShouldContain("the portal was not running");
    }

    [Fact]
    public async Task TwoWindowsThatTouch_HoldAsOne()
    {
        var portal = await ScheduledAsync(Takeover, MissedRule.Run);
        portal.Freezes.Add(Make.Production, "Audit", Due.AddHours(-1), Due.AddHours(1));
        portal.Freezes.Add(Make.Production, "Release", Due.AddHours(1), End);
        portal.Time = Due;
        await portal.DueFlips.RunAsync(Make.Production, default);
        (portal.Schedule.All[0].HeldUntil, portal.Schedule.All[0].HeldBy).ShouldBe((End, "Audit, Release"));
        portal.Time = Due.AddHours(1);
        await portal.DueFlips.RunAsync(Make.Production, default);
        portal.Schedule.All[0].HeldBy.ShouldBe("Release", "the other one has ended");
    }

    [Fact]
    public async Task Evacuation_AndAStepBack_AreNotHeld_AndDoNotWaitBehindHeldOnes()
    {
        foreach (var target in (PlanTarget[])[new PlanTarget.Evacuate(), Make.Target(Phase.OptIn)])
        {
            var portal = await ScheduledAsync(Make.Target(Phase.DockerFallback), MissedRule.Run, Make.State(Phase.UntaggedTakeover));
            await Schedule(portal).RunAsync(Make.Production, target, Due.AddSeconds(1), Make.Admin, "back", ["no-runner:"], default);
            portal.Freezes.Add(Make.Production, "Audit", Due.AddHours(-1), End);
            portal.Time = Due.AddSeconds(1);
            await portal.DueFlips.RunAsync(Make.Production, default);
            portal.Schedule.All[0].OperationId.ShouldBeNull();
            (portal.Schedule.All[1].Outcome ?? "").ShouldNotContain("freeze");
            portal.Schedule.All[1].HeldUntil.ShouldBeNull();
            portal.Schedule.All[1].Outcome.ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Brownout_DoesNotBeginInAFreeze_ButReturnsInOne()
    {
        var context = ApplyPlanTests.Context() with { State = Make.State(Phase.DockerFallback) };
        var brownout = new PlanTarget.Brownout(context.Legacy.First().Attributes.Tags.First(), TimeSpan.FromMinutes(10));
        var portal = await ScheduledAsync(brownout, MissedRule.Ask, context.State);
        portal.Freezes.Add(Make.Production, "Audit", Due, End);
        portal.Time = Due;
        await portal.DueFlips.RunAsync(Make.Production, default);
        portal.Schedule.All[0].HeldBy.ShouldBe("Audit");

        portal = await ScheduledAsync(brownout, MissedRule.Ask, context.State);
        portal.Freezes.Add(Make.Production, "Audit", Due.AddMinutes(1), End);
        portal.Time = Due;
        (await portal.DueFlips.RunAsync(Make.Production, default)).ShouldBe(1);
        await portal.Run.RunAsync(Make.Production, default);
        portal.Time = Due.AddMinutes(11);
        (await portal.FinishAsync(1)).State.ShouldBe(OperationState.Succeeded);
        (await portal.GitLab.ReadAsync(Make.Production, default, default)).Runners.ShouldAllBe(runner => !runner.Attributes.Tags.Contains("idle-legacy"));
    }

    [Fact]
    public async Task APerson_IsWarned_AndMayApply()
    {
        var portal = new Portal(ApplyPlanTests.Context());
        portal.Freezes.Add(Make.Production, "Audit", Make.Now.AddHours(-1), End);
        var plan = (await portal.Plan.RunAsync(Make.Production, Takeover, Make.Admin, default)).Result();
        plan.Warnings.ShouldContain(warning => warning.Code == "freeze-window" && warning.Message.Contains("'Audit' lasts until 2026-11-23 16:00:00Z", StringComparison.Ordinal));
        (await portal.Apply.RunAsync(Portal.ApplyAll(plan), default)).Code().ShouldBe("done");
        (await portal.Plan.RunAsync(Make.Production, new PlanTarget.Evacuate(), Make.Admin, default)).Result().Warnings.ShouldNotContain(warning => warning.Code == "freeze-window");
    }

    [Fact]
    public async Task MissedOne_IsNotRunInAFreeze_BecauseThatWouldHoldItAgain()
    {
        var portal = await ScheduledAsync(Takeover, MissedRule.Ask);
        portal.Time = Due.AddMinutes(6);
        await portal.DueFlips.RunAsync(Make.Production, default);
        portal.Freezes.Add(Make.Production, "Audit", Due, End);
        (await Schedule(portal).RunNowAsync(Make.Production, 1, Make.Admin, null, default)).Code().ShouldBe("freeze-window");
        portal.Freezes.All.Clear();
        (await Schedule(portal).RunNowAsync(Make.Production, 1, Make.Admin, null, default)).Code().ShouldBe("done");
    }

    private static string Became(Portal portal)
    {
        var flip = portal.Schedule.All[0];
        return flip.MissedAt is not null ? $"asked: {flip.MissedWhy}" : flip.OperationId is { } begun ? $"operation {begun}" : flip.Outcome ?? "waits";
    }

    private static ScheduleFlip Schedule(Portal portal) => new(portal.Schedule, portal.Migration, portal.ReadFreezes, portal.Audit, portal);

    private static async Task<Portal> ScheduledAsync(PlanTarget target, MissedRule rule, PhaseState? state = null)
    {
        var context = ApplyPlanTests.Context();
        var portal = new Portal(state is null ? context : context with { State = state });
        (await Schedule(portal).RunAsync(Make.Production, target, Due, Make.Admin, "x", [], default, rule)).Result();
        return portal;
    }
}
