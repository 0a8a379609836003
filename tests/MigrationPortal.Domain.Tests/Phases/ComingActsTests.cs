using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Tests.Gates;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

public sealed class ComingActsTests
{
    private static readonly PhaseState HalfWay = Make.State(Phase.UntaggedTakeover, 100, 75);
    private static readonly PhasePolicy Policy = PhasePolicy.Default(Phase.UntaggedTakeover);

    [Theory]
    [InlineData(FlipMode.Automatic, "is automatic: the step is planned and taken as soon as all gates pass")]
    [InlineData(FlipMode.Scheduled, "is scheduled: the step is taken only when it stands on the schedule")]
    [InlineData(FlipMode.Manual, "is manual: somebody plans and applies the step; gates advise")]
    public void Step_SaysByWhoseWordItIsTaken_AndWhatHoldsIt(FlipMode mode, string says)
    {
        var waiting = Evaluation(6);
        var step = Of("step", Facts(HalfWay) with { Policy = Policy with { Mode = mode }, Gates = waiting });
        step.Says.ShouldContain(says);
        step.Holds.ShouldBe(GateGuard.Against(Make.Target(Phase.UntaggedTakeover, 100, 50), HalfWay, waiting, byPerson: false));
        step.Holds.ShouldNotBeEmpty();
        step.At.ShouldBe(waiting.Holding.Max(reading => reading.Until));

        Of("step", Facts(HalfWay) with { Policy = Policy with { Mode = mode }, Gates = Evaluation(7) }).Holds.ShouldBeEmpty();
    }

    [Fact]
    public void Automatic_IsHeldByTheSwitch_ByWhatRuns_AndByWhatItsPlanLacks()
    {
        var automatic = Facts(HalfWay) with { Policy = Policy with { Mode = FlipMode.Automatic }, Gates = Evaluation(7) };
        Of("step", automatic with { State = HalfWay with { AutomationOn = false, AutomationReason = "holiday" } }).Holds.ShouldBe(["Automation is off (holiday)."]);
        Of("step", automatic with { Operation = Running() }).Holds.ShouldBe(["Operation 3 (Edit runner 4) has to end first."]);
        Of("step", automatic with { Held = (8, ["It has 0 of 2 approvals."]) }).Holds.ShouldBe(["Plan 8: It has 0 of 2 approvals."]);
        var asks = automatic with { Policy = automatic.Policy with { Approvals = new ApprovalPolicy(2, [], "CHG\\d+") } };
        Of("step", asks).Holds.ShouldBe(["Its plan will need 2 approvals.", "A change reference that matches CHG\\d+ is asked for, which the portal cannot give: somebody applies the plan."]);
    }

    [Fact]
    public void Schedule_IsHeldByGatesThatBind_ByTheSwitch_AndByAMissThatAsks()
    {
        var flip = new ScheduledFlip(1, Make.Production, Make.Target(Phase.UntaggedTakeover, 100, 50), Make.Now.AddHours(3), Make.Admin, "night", [], null, null);
        var facts = Facts(HalfWay) with { Schedule = [flip], Gates = Evaluation(6) };
        Of("schedule", facts).Holds.ShouldBeEmpty("gates advise");
        var bound = facts with { Policy = Policy with { GatesBind = true } };
        Of("schedule", bound).Holds.ShouldHaveSingleItem().ShouldStartWith("If it were due now, gates would refuse it: No worse than docker: wait; ");
        Of("schedule", bound with { Schedule = [flip with { Overrides = [GateGuard.Override] }] }).Holds.ShouldBeEmpty();
        Of("schedule", facts with { State = HalfWay with { AutomationOn = false } }).Holds.ShouldBe(["Automation is off (no reason given)."]);
        Of("schedule", facts with { Schedule = [flip with { MissedAt = Make.Now, MissedWhy = "the portal was not running." }] }).Holds.ShouldHaveSingleItem().ShouldContain("waits for somebody to run it now");
        (Of("schedule", facts).At, Of("schedule", facts).Says).ShouldBe((flip.DueAt, "On the schedule: \u201cnight\u201d. Should it not begin within 5 minutes, somebody is asked."));
    }

    [Fact]
    public void Brownout_ComesBackAtItsTime_AndAHaltedOperationWaitsForAPerson()
    {
        var away = Running() with { Brownout = new BrownoutWindow("docker", Make.Now.AddMinutes(9)) };
        (Of("operation", Facts(HalfWay) with { Operation = away }) is { Title: "Give docker back" } back ? back.At : null).ShouldBe(Make.Now.AddMinutes(9));
        Of("operation", Facts(HalfWay) with { Operation = Running() with { State = OperationState.Halted, Waits = "GitLab said no." } }).Holds.ShouldBe(["GitLab said no."]);
    }

    [Fact]
    public void Guard_SaysWhatItWouldDo_AndWhatItHasSeenOnce()
    {
        var step = (Running() with { Id = 5, Title = "docker 100 → 75 %", State = OperationState.Succeeded }, Make.Target(Phase.UntaggedTakeover, 100, 75));
        var stuck = GuardEvaluation.Of(Make.Production, GuardWorld.Calm with { Stuck = new StuckFacts(3, 0, 0, 0) });
        var watch = Of("guard", Facts(HalfWay) with { LastStep = step, Guard = stuck });
        watch.Says.ShouldContain("operation 5 (docker 100 → 75 %) is rolled back");
        watch.Holds.ShouldHaveSingleItem().ShouldStartWith("Seen once, the next evaluation decides: 3 pending jobs");
        watch.At.ShouldBe(stuck.At.AddMinutes(5));
        Of("guard", Facts(Make.State(Phase.OptIn))).Says.ShouldContain("only alert");
        ComingActs.Of(Facts(Make.State(Phase.Prepare))).ShouldNotContain(act => act.Code == "guard");
    }

    [Fact]
    public void AfterAnEvacuation_AndAtTheEnd_NothingIsPromised()
    {
        Of("step", Facts(Make.State(Phase.UntaggedTakeover, 100, 75, evacuated: true))).Says.ShouldContain("a person's decision");
        Of("step", Facts(Make.State(Phase.RetireOptInTag))).Title.ShouldBe("No step is ahead");
    }

    [Fact]
    public async Task Read_PlanThatStandsReady_IsHeldByWhatItsGuardsSay()
    {
        var portal = GateFlipTests.PortalOf(HalfWay, FlipMode.Automatic, approvals: new ApprovalPolicy(1, [], null));
        var evaluation = await GateFlipTests.EvaluatedAsync(portal, HalfWay, GateVerdict.Pass);
        (await GateFlipTests.Flip(portal).RunAsync(Make.Production, evaluation, default)).ShouldNotBeNull().ShouldContain("plan 1 is refused");
        (await portal.Coming.RunAsync(Make.Production, default)).Single(act => act.Code == "step").Holds.ShouldBe(["Plan 1: Plan 1 has 0 of 1 approvals."]);

        await portal.Approve.RunAsync(1, Make.Admin, default);
        (await portal.Coming.RunAsync(Make.Production, default)).Single(act => act.Code == "step").Holds.ShouldBeEmpty();
    }

    private static ComingAct Of(string code, ComingFacts facts) => ComingActs.Of(facts).Single(act => act.Code == code);

    private static ComingFacts Facts(PhaseState state) => new(Make.Now, state, Policy, null, null, null, null, [], null);

    private static GateEvaluation Evaluation(int days) =>
        GateEvaluation.Of(Make.Production, GateWorld.Facts(days) with { Step = GateWorld.Step() }, GateWorld.Policy) with { Step = GateSteps.Next(HalfWay)!.Value.Step };

    private static OperationHead Running() => new(3, Make.Production, 2, "Edit runner 4", OperationState.Running, Make.Admin, "x", null, Make.Now, null, null, null, 1, 0, 0, 1);
}
