using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Gates;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

/// <summary>What the paragraph of an automatic act says, from facts as the use-cases write them.</summary>
public sealed class ActExplainedTests
{
    private static readonly DateTimeOffset At = Make.Now;
    private static readonly ScheduledFlip Flip = new(7, Make.Production, new PlanTarget.ToPhase(Phase.UntaggedTakeover, 100, 50), At.AddMinutes(-6), Make.Admin, "change 4711", [], null, null);

    [Fact]
    public void Flip_NamesTheFiguresOfItsGates_TheRunners_TheEnd_AndTheWayBack()
    {
        var facts = GateWorld.Facts(7);
        var gates = GateEvaluation.Of(Make.Production, facts, GateWorld.Policy) with { Id = 31, OperationId = 12 };
        var said = Explain(Act(ActKind.Flip, "plan.apply", Head(OperationState.Succeeded), ["docker-1", "docker-2"]) with { Gates = gates });

        said.Title.ShouldBe("Took the next step: docker 75 → 50 %");
        said.Paragraph.ShouldStartWith("At 2026-11-23 12:00 UTC the portal took the next step by itself, 'docker 75 → 50 %', as operation 12. Its phase's policy is automatic, automation was on, and all ");
        said.Paragraph.ShouldContain(gates.Readings.Single(reading => reading.Gate == "no-worse").Sentence);
        foreach (var reading in gates.Readings.Where(reading => !reading.Gate.StartsWith("no-worse", StringComparison.Ordinal) && !gates.Shadow.Contains(reading.Gate))) said.Paragraph.ShouldContain(reading.Value);
        foreach (var shadow in gates.Readings.Where(reading => gates.Shadow.Contains(reading.Gate))) said.Paragraph.ShouldNotContain(Gate.All.Single(gate => gate.Key == shadow.Gate).Title);
        said.Paragraph.ShouldEndWith("It changed 2 runners: docker-1, docker-2. It ended at 2026-11-23 12:04 UTC, every step verified by reading back (2 of 2). To undo it, roll back operation 12: that needs no gate and no approval.");
        said.Undo.ShouldBe(new ActLink("Roll back operation 12", "operations/12"));
        said.Evidence.Select(link => link.Href).ShouldBe(["operations/12", "plans/9", "gates?evaluation=31", "audit?entry=5"]);
    }

    [Theory]
    [InlineData(OperationState.Running, null, "under way", "operations/12")]
    [InlineData(OperationState.Succeeded, 15L, "Operation 15 has changed the same runners since: roll that one back first.", "operations/15")]
    [InlineData(OperationState.RolledBack, null, "It was rolled back since", null)]
    [InlineData(OperationState.Halted, null, "It is halted: GitLab said no. Resume it, or roll it back.", "operations/12")]
    [InlineData(OperationState.Aborted, null, "what was changed stays changed", "operations/12")]
    public void Flip_WhatBecameOfIt_DecidesTheWayBack(OperationState state, long? superseder, string says, string? undo)
    {
        var said = Explain(Act(ActKind.Flip, "plan.apply", Head(state) with { Waits = state == OperationState.Halted ? "GitLab said no." : null }, ["docker-1"], superseder));
        said.Paragraph.ShouldContain(says);
        said.Undo?.Href.ShouldBe(undo);
        if (undo is null) said.Undo.ShouldBeNull();
    }

    [Fact]
    public void RollBack_NamesTheRuleWithItsFigures_AndThatItGoesForwardOnlyByNewGates()
    {
        var guard = GuardEvaluation.Of(Make.Production, GuardWorld.Burst) with { Id = 4 };
        var said = Explain(Act(ActKind.RollBack, "operation.roll-back", Head(OperationState.RolledBack), ["docker-1"]) with { Guard = guard });
        said.Paragraph.ShouldContain("It was the rule 'Burst of infrastructure failures on Kubernetes': In the last 60 minutes 40 of 200 jobs");
        said.Paragraph.ShouldContain("It restores 1 runner: docker-1. The roll back ended at 2026-11-23 12:04 UTC");
        said.Paragraph.ShouldNotContain("Two evaluations in a row");
        said.Undo.ShouldBe(new ActLink("Plan the step again", "phases"));
        said.Evidence.ShouldContain(new ActLink("Guard evaluation 4", "gates/guard?evaluation=4"));
    }

    [Fact]
    public void Alert_SaysWhyNothingWasDone_AndWhoDecidesNow()
    {
        var guard = GuardEvaluation.Of(Make.Production, GuardWorld.Burst) with { Id = 4, Done = "Alert only: automation is off." };
        var said = Explain(Act(ActKind.Alert, "guard.alert", Head(OperationState.Succeeded), ["docker-1"]) with { Guard = guard });
        said.Paragraph.ShouldContain("Alert only: automation is off. Whether to roll back operation 12 is a person's decision now.");
        said.Paragraph.ShouldNotContain("It changed");
        said.Undo!.Href.ShouldBe("operations/12");
        Explain(Act(ActKind.Alert, "guard.alert") with { Guard = GuardEvaluation.Of(Make.Production, GuardWorld.Dark) with { Done = "Alert only: automation is off." } }).Undo!.Href.ShouldBe("evacuate");
    }

    [Fact]
    public void ScheduledFlip_SaysWhoHadScheduledIt_HowLateItBegan_AndTheReason()
    {
        var said = Explain(Act(ActKind.ScheduledFlip, "schedule.due", Head(OperationState.Succeeded), ["docker-1"]) with { Flip = Flip with { OperationId = 12, Outcome = "Operation 12 began." } });
        said.Paragraph.ShouldStartWith("At 2026-11-23 12:00 UTC the portal began 'docker 75 → 50 %' as operation 12, 6 minutes after its time, as Mara had scheduled it. The reason given: change 4711.");
    }

    [Theory]
    [InlineData("Missed, waits for an answer: the portal was not running, or GitLab did not answer.", true, null, "Missed", "It waits for an answer, for 10 minutes now. Run it now, or take it off the schedule.")]
    [InlineData("Missed, waits for an answer: automation was off.", true, 14L, "Missed", "It was answered since: operation 14 began.")]
    [InlineData("Skipped, as its rule says: automation was off.", false, null, "Skipped", "plan it under Phases")]
    [InlineData("Refused (no-runner): nobody would serve gpu.", false, null, "Refused", "plan it under Phases")]
    public void MissedFlip_SaysWhatBecameOfIt(string why, bool asks, long? later, string title, string says)
    {
        var flip = Flip with { MissedAt = asks ? At : null, OperationId = later, Outcome = later is null && asks ? null : why };
        var said = Explain(Act(ActKind.MissedFlip, "schedule.due", why: why) with { Flip = flip });
        said.Title.ShouldStartWith($"{title}: Untagged takeover");
        said.Paragraph.ShouldContain(why);
        said.Paragraph.ShouldContain(says);
    }

    [Theory]
    [InlineData(null, null, false, "It is held still. To begin it before, plan and apply it by hand, or end the window.", "calendar")]
    [InlineData(14L, "Operation 14 began.", false, "Operation 14 began since.", null)]
    [InlineData(null, null, true, "It counts as missed since, and waits for an answer. Run it now, or take it off the schedule.", "phases")]
    [InlineData(null, "Skipped, as its rule says: x.", false, "What became of it: Skipped, as its rule says: x.", null)]
    public void Held_ByAFreeze_SaysWhichUntilWhen_AndWhatBecameOfIt(long? begun, string? outcome, bool missed, string says, string? undo)
    {
        var flip = Flip with { OperationId = begun, Outcome = outcome, MissedAt = missed ? At : null };
        var said = Explain(Act(ActKind.Held, "schedule.held", why: "Held by the freeze window 'Audit' until 2026-11-23 18:00 UTC; then it counts as missed.") with { Flip = flip });
        said.Title.ShouldStartWith("Held by a freeze window: Untagged takeover");
        said.Paragraph.ShouldContain("as Mara had scheduled it. At 2026-11-23 12:00 UTC the portal held it. Held by the freeze window 'Audit' until 2026-11-23 18:00 UTC; then it counts as missed.");
        said.Paragraph.ShouldEndWith(says);
        said.Undo?.Href.ShouldBe(undo);
        (said.Undo is null).ShouldBe(undo is null);
    }

    [Theory]
    [InlineData("Refused (gates-hold): Stuck jobs: fail.", "Held by its gates")]
    [InlineData("Refused (approvals-missing): Plan 31 has 0 of 1 approvals.", "Held for want of approval")]
    [InlineData("Refused (change-reference-missing): A change reference is asked for.", "Held for want of a change reference")]
    public void Held_AtItsTime_SaysByWhat_AndWhereThePlanIs(string why, string title)
    {
        var said = Explain(Act(ActKind.Held, "schedule.due", why: why) with { Flip = Flip with { Outcome = why }, RefusedPlan = 31 });
        said.Title.ShouldStartWith($"{title}: Untagged takeover");
        said.Paragraph.ShouldContain(why);
        said.Undo!.Href.ShouldBe("plans/31");
        said.Evidence.ShouldContain(new ActLink("Plan 31", "plans/31"));
    }

    [Fact]
    public void Held_ByItself_ForAFreezeOrAnApproval()
    {
        var gates = GateEvaluation.Of(Make.Production, GateWorld.Facts(7), GateWorld.Policy) with { Id = 31 };
        var frozen = Explain(Act(ActKind.Held, "step.held", why: "The freeze window 'Audit' lasts until Mon 23 Nov 18:00 UTC.") with { Gates = gates });
        frozen.Title.ShouldBe($"Held by a freeze window: {gates.Step.Title}");
        frozen.Paragraph.ShouldContain("every other gate passed. The freeze window 'Audit' lasts until");
        (frozen.Undo!.Href, frozen.Evidence[0].Href).ShouldBe(("calendar", "gates?evaluation=31"));

        var unapproved = Explain(Act(ActKind.Held, "plan.held", why: "All other gates pass, but plan 41 is refused: Plan 41 has 0 of 2 approvals.") with { RefusedPlan = 41 });
        unapproved.Title.ShouldBe("Waits for approval: plan 41");
        unapproved.Undo!.Href.ShouldBe("plans/41");
    }

    [Theory]
    [InlineData("operation.succeeded", 0, "had it again, at the end of its time.")]
    [InlineData("brownout.returned", 20, "had it again, 20 minutes after its time was over.")]
    [InlineData("operation.roll-back", -5, "ended the brownout of docker (operation 12), which was to last until 2026-11-23 12:00 UTC. Somebody changed docker-1.")]
    public void Brownout_ItsReturnAndItsEarlyEnd_AreActsToo(string what, int minutesLate, string says)
    {
        var head = Head(OperationState.Succeeded) with { Brownout = new BrownoutWindow("docker", At.AddMinutes(-minutesLate), true, At) };
        if (what == "operation.roll-back") head = head with { Brownout = head.Brownout! with { Until = At, ReturnedAt = null } };
        var said = Explain(Act(ActKind.Brownout, what, head, ["docker-1"], why: what == "operation.roll-back" ? "Somebody changed docker-1." : null));
        said.Paragraph.ShouldContain(says);
        said.Undo?.Title.ShouldBe("Give docker back now");
    }

    [Fact]
    public void Heal_GivesTheDriftInItsOwnWords()
    {
        var said = Explain(Act(ActKind.Heal, "plan.apply", Head(OperationState.Succeeded), ["docker-1"], why: "Drift put back by itself, as the policy of opt-in says. docker-1: unpaused."));
        said.Paragraph.ShouldContain("as operation 12. Drift put back by itself, as the policy of opt-in says. docker-1: unpaused. It changed 1 runner: docker-1.");
        said.Undo!.Href.ShouldBe("operations/12");
    }

    [Fact]
    public void Switch_NamesThePerson_AndAnythingElseIsSaidInItsOwnWords()
    {
        Explain(Act(ActKind.Switch, "automation.stop", why: "holiday") is var off ? off with { Record = off.Record with { Entry = off.Record.Entry with { Who = Make.Admin } } } : null!)
            .Paragraph.ShouldBe("At 2026-11-23 12:00 UTC Mara switched automation off: since then nothing begins or goes back by itself. The reason given: holiday.");
        Explain(Act(ActKind.Other, "tag.decision", why: "docker is in use")).Paragraph.ShouldBe("At 2026-11-23 12:00 UTC the portal wrote down 'tag.decision' of operation/12. docker is in use.");
    }

    [Fact]
    public async Task FlipOfThePortalsOwn_KeepsTheFiguresThatDecided()
    {
        var state = Make.State(Phase.UntaggedTakeover, 100, 75);
        var portal = GateFlipTests.PortalOf(state, FlipMode.Automatic);
        var evaluation = await GateFlipTests.EvaluatedAsync(portal, state, GateVerdict.Pass);
        await GateFlipTests.Flip(portal).RunAsync(Make.Production, evaluation, default);
        var stored = (await portal.Gates.FindAsync(evaluation.Id, default))!;
        stored.OperationId.ShouldBe(1);
        // The next look while the operation runs is a row of its own.
        var facts = GateWorld.Facts(7) with { Step = GateWorld.Step() };
        var again = await new EvaluateGates(portal.Migration, new StillFacts(facts), portal.Guards, portal.Operations, [], portal.Gates).RunAsync(Make.Production, default);
        again!.Id.ShouldNotBe(evaluation.Id);
    }

    private sealed class StillFacts(GateFacts facts) : IGateFacts
    {
        public Task<GateFacts> ReadAsync(InstanceId instance, GateStep step, GatePolicy policy, string? fallbackTag, CancellationToken cancel) => Task.FromResult(facts with { Step = step });
    }

    private static ActExplained Explain(AutomaticAct act) => ActExplained.Of(act, who => who == Make.Admin ? "Mara" : who.ToString(), At.AddMinutes(10));

    private static AutomaticAct Act(ActKind kind, string what, OperationHead? head = null, IReadOnlyList<string>? runners = null, long? superseder = null, string? why = null) => new(
        kind, new AuditRecord(5, new AuditEntry(At, Make.Production, Actor.Portal, what, "operation/12", why, null, null), ""),
        head is null ? null : new ActOperation(head, runners ?? [], superseder), null, null, null);

    private static OperationHead Head(OperationState state) => new(
        12, Make.Production, 9, "docker 75 → 50 %", state, Actor.Portal, "", null, At, state.IsEnd() ? At.AddMinutes(4) : null, null, null, 2, state == OperationState.Succeeded ? 2 : 1, 0, 3);
}
