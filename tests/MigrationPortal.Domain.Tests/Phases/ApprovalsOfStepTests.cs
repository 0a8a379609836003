using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Gates;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

/// <summary>The approvals gate and automation: the plan is made so that it can be approved, and applied when it is.</summary>
public sealed class ApprovalsOfStepTests
{
    private static readonly PhaseState HalfWay = Make.State(Phase.UntaggedTakeover, 100, 75);
    private static readonly PlanTarget.ToPhase Next = Make.Target(Phase.UntaggedTakeover, 100, 50);
    private static readonly Actor Mara = new(ActorKind.User, "production/2");
    private static readonly PhasePolicy Asks = PhasePolicy.Default(Phase.UntaggedTakeover) with { Mode = FlipMode.Automatic, Approvals = new ApprovalPolicy(1, [], null) };

    private readonly Portal portal;

    public ApprovalsOfStepTests()
    {
        var legacy = Enumerable.Range(1, 4).Select(id => Make.Legacy(id, "docker-fallback linux", untagged: id > 1));
        var kubernetes = Enumerable.Range(11, 2).Select(id => Make.Kubernetes(id, "k8s-default", untagged: true));
        portal = new Portal(new DesireContext(
            Make.Fleet([.. legacy, .. kubernetes]), Make.Settings() with { Policies = new Dictionary<Phase, PhasePolicy> { [Phase.UntaggedTakeover] = Asks } }, HalfWay, Make.Census(Make.Class(""), Make.Class("linux", project: 2))));
    }

    [Fact]
    public async Task Facts_FollowTheNewestPlanOfTheStep_AsLongAsItFits()
    {
        (await FactsAsync()).ShouldBe((null, null, 0));
        (await portal.Plan.RunAsync(Make.Production, new PlanTarget.Evacuate(), Make.Admin, default)).Result();
        var plan = (await portal.Plan.RunAsync(Make.Production, Next, Make.Admin, default)).Result();
        (await FactsAsync()).ShouldBe((plan.Id, null, 0));
        await portal.Approve.RunAsync(plan.Id, Mara, default);
        (await FactsAsync()).ShouldBe((plan.Id, null, 1));

        var snapshot = (await portal.Fleet.LatestAsync(Make.Production, default))!;
        await portal.Fleet.StoreAsync(Make.Production, snapshot.TakenAt, [.. snapshot.Runners.Select(runner => runner.Observed with { Attributes = runner.Attributes with { Paused = true } })], default);
        (await FactsAsync()).ShouldBe((null, plan.Id, 0));
    }

    [Fact]
    public async Task Automatic_WaitsWithAPlanThatCanBeApproved_AndTakesItWhenItIs()
    {
        var flip = new FlipWhenGatesPass(portal.Migration, portal.Plans, portal.Operations, portal.Gates, portal.Plan, portal.Apply, portal.Audit);
        var held = await EvaluatedAsync(GateWorld.Facts(7));
        held.Holding.ShouldHaveSingleItem().Gate.ShouldBe(ApprovalsGate.Name);
        for (var sweep = 0; sweep < 2; sweep++)
            (await flip.RunAsync(Make.Production, held, default)).ShouldNotBeNull().ShouldBe("All other gates pass, but plan 1 is refused: Plan 1 has 0 of 1 approvals.");
        (await FactsAsync()).ShouldBe((1L, null, 0));
        var entry = portal.Audit.Entries.Where(one => one.What == "plan.held").ShouldHaveSingleItem("once, not at every look");
        (entry.Who, entry.Subject, entry.Why).ShouldBe((Actor.Portal, "plan/1", "All other gates pass, but plan 1 is refused: Plan 1 has 0 of 1 approvals."));

        await portal.Approve.RunAsync(1, Mara, default);
        var passes = await EvaluatedAsync(GateWorld.Facts(7));
        passes.Verdict.ShouldBe(GateVerdict.Pass);
        (await flip.RunAsync(Make.Production, passes, default)).ShouldNotBeNull().ShouldContain("operation 1 began");
    }

    [Fact]
    public async Task Automatic_SomethingElseHoldsToo_MakesNoPlan()
    {
        var flip = new FlipWhenGatesPass(portal.Migration, portal.Plans, portal.Operations, portal.Gates, portal.Plan, portal.Apply, portal.Audit);
        var frozen = GateWorld.Facts(7) with { Calendar = new Freezes([new FreezeSpan(1, "Audit", DateTimeOffset.MinValue, DateTimeOffset.MaxValue)]) };
        var evaluation = await EvaluatedAsync(frozen);
        (await flip.RunAsync(Make.Production, evaluation, default)).ShouldNotBeNull().ShouldStartWith("All other gates pass, but the step is held. The freeze window 'Audit' lasts until");
        // Seen again, and with a gate that holds of its own.
        (await flip.RunAsync(Make.Production, evaluation with { Until = evaluation.Until.AddMinutes(15) }, default)).ShouldNotBeNull();
        (await flip.RunAsync(Make.Production, await EvaluatedAsync(frozen with { Pending = new PendingFacts(9, 9, 0) }), default)).ShouldBeNull();

        (await portal.Plans.NewestAsync(Make.Production, 10, null, default)).ShouldBeEmpty();
        portal.Audit.Entries.Where(one => one.What == "step.held").ShouldHaveSingleItem().Subject.ShouldBe($"gates/{evaluation.Id}");
    }

    [Fact]
    public async Task Automatic_SwitchedOnInAFreeze_WritesTheHoldOnce_ThoughItsEvaluationIsOlder()
    {
        var flip = new FlipWhenGatesPass(portal.Migration, portal.Plans, portal.Operations, portal.Gates, portal.Plan, portal.Apply, portal.Audit);
        var evaluation = await EvaluatedAsync(GateWorld.Facts(7) with { Calendar = new Freezes([new FreezeSpan(1, "Audit", DateTimeOffset.MinValue, DateTimeOffset.MaxValue)]) });
        for (var look = 0; look < 4; look++)
        {
            (await portal.Migration.SaveStateAsync(portal.Migration.State with { AutomationOn = look > 0 }, default)).ShouldBeTrue();
            (await flip.RunAsync(Make.Production, evaluation with { Until = evaluation.Until.AddMinutes(15 * look) }, default) is null).ShouldBe(look == 0);
        }

        var entry = portal.Audit.Entries.Where(one => one.What == "step.held").ShouldHaveSingleItem();
        (entry.Subject, entry.At).ShouldBe(($"gates/{evaluation.Id}", evaluation.Until.AddMinutes(15)), "when it was first held");
    }

    private async Task<(long? Plan, long? Outdated, int Given)> FactsAsync()
    {
        var facts = (await new ApprovalsOfStep(portal.Plans, portal.Approvals, portal.Fleet, portal.Operations).AddAsync(GateWorld.Facts(7), Make.Production, Asks, Next, default)).Approvals!;
        return (facts.Plan, facts.Outdated, facts.Given);
    }

    private async Task<GateEvaluation> EvaluatedAsync(GateFacts facts)
    {
        facts = await new ApprovalsOfStep(portal.Plans, portal.Approvals, portal.Fleet, portal.Operations).AddAsync(facts with { Step = GateWorld.Step() }, Make.Production, Asks, Next, default);
        return await portal.Gates.AddAsync(GateEvaluation.Of(Make.Production, facts, GateWorld.Policy) with { Step = GateSteps.Next(HalfWay)!.Value.Step }, facts, GateWorld.Policy, default);
    }
}
