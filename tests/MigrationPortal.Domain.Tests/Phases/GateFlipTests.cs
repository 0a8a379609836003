using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Tests.Gates;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

public sealed class GateFlipTests
{
    private static readonly PhaseState HalfWay = Make.State(Phase.UntaggedTakeover, 100, 75);

    [Fact]
    public async Task Automatic_AllGatesPass_TakesTheNextStepOnce()
    {
        var portal = PortalOf(HalfWay, FlipMode.Automatic);
        var evaluation = await EvaluatedAsync(portal, HalfWay, GateVerdict.Pass);
        (await Flip(portal).RunAsync(Make.Production, evaluation, default)).ShouldNotBeNull().ShouldContain("operation 1 began");
        (await portal.Operations.FindAsync(1, default))!.Reason.ShouldStartWith("Automatic: all");
        // The same evaluation again, as by a second replica: the operation has the way.
        (await Flip(portal).RunAsync(Make.Production, evaluation, default)).ShouldNotBeNull().ShouldContain("has to end first");
        (await portal.Operations.NewestAsync(Make.Production, 10, null, default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Automatic_PlanThatIsHeldBySomethingElse_IsTriedAgain_NotMadeAgain()
    {
        var portal = PortalOf(HalfWay, FlipMode.Automatic);
        var evaluation = await EvaluatedAsync(portal, HalfWay, GateVerdict.Pass);
        await portal.Fleet.SetStandingAsync(Make.Id(1), new RunnerStanding(RunnerRole.Legacy, false, true), default);
        for (var sweep = 0; sweep < 3; sweep++) (await Flip(portal).RunAsync(Make.Production, evaluation, default)).ShouldNotBeNull().ShouldContain("plan 1 is refused");

        await portal.Fleet.SetStandingAsync(Make.Id(1), new RunnerStanding(RunnerRole.Legacy, true, true), default);
        (await Flip(portal).RunAsync(Make.Production, evaluation, default)).ShouldNotBeNull().ShouldContain("operation 1 began");
        (await portal.Plans.NewestAsync(Make.Production, 10, null, default)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(FlipMode.Manual, GateVerdict.Pass, true)]
    [InlineData(FlipMode.Scheduled, GateVerdict.Pass, true)]
    [InlineData(FlipMode.Automatic, GateVerdict.Wait, true)]
    [InlineData(FlipMode.Automatic, GateVerdict.Unknown, true)]
    [InlineData(FlipMode.Automatic, GateVerdict.Fail, true)]
    [InlineData(FlipMode.Automatic, GateVerdict.Pass, false)]
    public async Task OtherModes_OtherVerdicts_AutomationOff_FlipNothing(FlipMode mode, GateVerdict verdict, bool automation)
    {
        var state = HalfWay with { AutomationOn = automation };
        var portal = PortalOf(state, mode);
        (await Flip(portal).RunAsync(Make.Production, await EvaluatedAsync(portal, state, verdict), default)).ShouldBeNull();
        (await portal.Operations.NewestAsync(Make.Production, 10, null, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Automatic_EvaluationOfAnEarlierStep_FlipsNothing()
    {
        var portal = PortalOf(HalfWay, FlipMode.Automatic);
        var old = await EvaluatedAsync(portal, Make.State(Phase.UntaggedTakeover, 100, 100), GateVerdict.Pass);
        (await Flip(portal).RunAsync(Make.Production, old, default)).ShouldBeNull();
    }

    [Theory]
    [InlineData(false, "done")] // advice is a warning
    [InlineData(true, "gates-hold")]
    public async Task Manual_GatesDoNotPass_AreRefusedWhereTheyBind(bool bind, string code)
    {
        var portal = PortalOf(HalfWay, FlipMode.Manual, bind);
        await EvaluatedAsync(portal, HalfWay, GateVerdict.Wait);
        var plan = (await portal.Plan.RunAsync(Make.Production, Make.Target(Phase.UntaggedTakeover, 100, 50), Make.Admin, default)).Result();
        plan.Warnings.ShouldContain(warning => warning.Code == "gates-hold" && warning.Message.Contains("Not decided before", StringComparison.Ordinal));
        var request = Portal.ApplyAll(plan) with { Overrides = [] };
        (await portal.Apply.RunAsync(request, default)).Code().ShouldBe(code);
        if (bind) (await portal.Apply.RunAsync(request with { Overrides = [GateGuard.Override] }, default)).Code().ShouldBe("done");
    }

    [Fact]
    public async Task StepBack_AndEvacuation_NeedNoGate()
    {
        var portal = PortalOf(HalfWay, FlipMode.Manual, bind: true);
        await EvaluatedAsync(portal, HalfWay, GateVerdict.Fail);
        foreach (var target in (PlanTarget[])[Make.Target(Phase.UntaggedTakeover, 100, 100), new PlanTarget.Evacuate()])
        {
            var plan = (await portal.Plan.RunAsync(Make.Production, target, Make.Admin, default)).Result();
            plan.Warnings.ShouldNotContain(warning => warning.Code == "gates-hold");
            (await portal.Apply.RunAsync(Portal.ApplyAll(plan) with { Overrides = [] }, default)).Code().ShouldBe("done");
        }
    }

    internal static Portal PortalOf(PhaseState state, FlipMode mode, bool bind = false, ApprovalPolicy? approvals = null)
    {
        var settings = Make.Settings() with { Policies = new Dictionary<Phase, PhasePolicy> { [Phase.UntaggedTakeover] = PhasePolicy.Default(Phase.UntaggedTakeover) with { Mode = mode, GatesBind = bind, Approvals = approvals ?? ApprovalPolicy.None } } };
        var legacy = Enumerable.Range(1, 4).Select(id => Make.Legacy(id, "docker-fallback linux", untagged: id > 1));
        var kubernetes = Enumerable.Range(11, 2).Select(id => Make.Kubernetes(id, "k8s-default", untagged: true));
        var portal = new Portal(new DesireContext(Make.Fleet([.. legacy, .. kubernetes]), settings, state, Make.Census(Make.Class(""), Make.Class("linux", project: 2))));
        return portal;
    }

    internal static Task<GateEvaluation> EvaluatedAsync(Portal portal, PhaseState state, GateVerdict verdict)
    {
        var step = GateSteps.Next(state)!.Value.Step;
        var facts = (verdict == GateVerdict.Wait ? GateWorld.Facts(6) : GateWorld.Facts(7)) with { Step = GateWorld.Step() };
        if (verdict == GateVerdict.Fail) facts = facts with { Pending = new PendingFacts(9, 9, 0) };
        if (verdict == GateVerdict.Unknown) facts = facts with { Collection = new CollectionFacts(0, 0, 0, null) };
        var evaluation = GateEvaluation.Of(Make.Production, facts, GateWorld.Policy) with { Step = step };
        evaluation.Verdict.ShouldBe(verdict);
        return portal.Gates.AddAsync(evaluation, facts, GateWorld.Policy, default);
    }

    internal static FlipWhenGatesPass Flip(Portal portal) => new(portal.Migration, portal.Plans, portal.Operations, portal.Gates, portal.Plan, portal.Apply, portal.Audit);
}
