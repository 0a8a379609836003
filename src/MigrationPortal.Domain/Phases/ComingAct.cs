using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Plans;

namespace MigrationPortal.Domain.Phases;

/// <summary>What the portal will do by itself, and why it has not yet.</summary>
/// <param name="Code">Stable: <c>operation</c>, <c>step</c>, <c>schedule</c> or <c>guard</c>.</param>
/// <param name="At">When, or not before when, about; null where nobody can tell.</param>
/// <param name="Says">When it acts and by whose word.</param>
/// <param name="Holds">What keeps it from acting now, a sentence each; empty: only its condition or its time.</param>
/// <param name="Where">Where somebody can look closer or decide.</param>
public sealed record ComingAct(string Code, string Title, DateTimeOffset? At, string Says, IReadOnlyList<string> Holds, ActLink Where);

/// <param name="Policy">Of the phase that the next step leaves.</param>
/// <param name="LastStep">The operation that a roll back rule would turn round.</param>
/// <param name="Held">Why the plan that stands ready is refused; null while none does.</param>
public sealed record ComingFacts(
    DateTimeOffset Now, PhaseState State, PhasePolicy Policy, OperationHead? Operation, GateEvaluation? Gates, GuardEvaluation? Guard, (OperationHead Operation, PlanTarget.ToPhase Target)? LastStep,
    IReadOnlyList<ScheduledFlip> Schedule, (long Plan, IReadOnlyList<string> Why)? Held);

/// <summary>The acts that are ahead, soonest concern first. Pure.</summary>
public static class ComingActs
{
    public static IReadOnlyList<ComingAct> Of(ComingFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return [.. OfOperation(facts), OfStep(facts), .. facts.Schedule.OrderBy(flip => flip.DueAt).Select(flip => OfFlip(flip, facts)), .. OfGuard(facts)];
    }

    private static IEnumerable<ComingAct> OfOperation(ComingFacts facts)
    {
        if (facts.Operation is not { } running) yield break;
        var where = new ActLink($"Open operation {running.Id}", $"operations/{running.Id}");
        if (running is { Brownout: { } window, State: not OperationState.Halted })
            yield return new ComingAct("operation", $"Give {window.Tag} back", window.Until, "The return was written down before the tag was taken away, and happens even if the portal is stopped in between.", [], where);
        else if (running.State == OperationState.Halted)
            yield return new ComingAct("operation", $"Nothing more of operation {running.Id}: {running.Title}", null, "It is halted: it goes on, or back, when somebody says so.", running.Waits is { } words ? [words] : [], where);
        else
            yield return new ComingAct("operation", $"Carry operation {running.Id} to its end: {running.Title}", null, $"{running.StepsDone} of {running.Steps} steps are done.", running.Waits is { } why ? [why] : [], where);
    }

    private static ComingAct OfStep(ComingFacts facts)
    {
        if (GateSteps.Next(facts.State) is not { Step: var step, Target: var target })
            return facts.State.Current is { Evacuated: true }
                ? new ComingAct("step", "No step by itself after an evacuation", null, "Whether and when to go up again is a person's decision.", [], new ActLink("Plan it under Phases", "phases"))
                : new ComingAct("step", "No step is ahead", null, "The migration is at its end.", [], new ActLink("See the phases", "phases"));
        var gates = GateGuard.Against(target, facts.State, facts.Gates, byPerson: facts.Policy.Mode != FlipMode.Automatic).ToList();
        var until = facts.Gates is { } latest && latest.Step == step ? latest.Holding.Max(reading => reading.Until) : null;
        var leaves = GateSteps.PhaseOf(facts.State).Title();
        return facts.Policy.Mode switch
        {
            FlipMode.Automatic => new ComingAct(
                "step", step.Title, until, $"The policy of '{leaves}' is automatic: the step is planned and taken as soon as all gates pass. They are read every 15 minutes.",
                [.. Off(facts), .. Busy(facts), .. gates, .. gates.Count == 0 ? Approvals(facts) : []], new ActLink("Open the gates", "gates")),
            FlipMode.Scheduled => new ComingAct(
                "step", step.Title, until, $"The policy of '{leaves}' is scheduled: the step is taken only when it stands on the schedule{(facts.Policy.GatesBind ? ", and only if its gates pass" : "")}.", Advice(facts, gates), new ActLink("Put it on the schedule", "phases")),
            _ => new ComingAct(
                "step", step.Title, until, $"The policy of '{leaves}' is manual: somebody plans and applies the step{(facts.Policy.GatesBind ? ", and only if its gates pass" : "; gates advise")}.", Advice(facts, gates), new ActLink("Plan it under Phases", "phases")),
        };
    }

    private static List<string> Advice(ComingFacts facts, List<string> gates) => gates.Count > 0 ? gates : [.. Approvals(facts)];

    private static ComingAct OfFlip(ScheduledFlip flip, ComingFacts facts)
    {
        var binds = facts.Policy.GatesBind && flip.Target is PlanTarget.ToPhase forward && NextStep.IsForward(facts.State.Current, forward) && !flip.Overrides.Contains(GateGuard.Override, StringComparer.Ordinal);
        IEnumerable<string> holds = flip.MissedAt is not null
            ? [$"It was missed: {flip.MissedWhy} It waits for somebody to run it now or to take it off."]
            : [.. Off(facts), .. Frozen(flip), .. flip.DueAt <= facts.Now ? Busy(facts) : [], .. binds ? Refused((PlanTarget.ToPhase)flip.Target, facts) : []];
        return new ComingAct(
            "schedule", TargetWords.Title(flip.Target), flip.DueAt,
            $"On the schedule: \u201c{flip.Reason}\u201d. Should it not begin within {RunDueFlips.OnTime.TotalMinutes:0} minutes, {flip.Missed switch { MissedRule.Ask => "somebody is asked", MissedRule.Skip => "it is skipped", _ => $"it begins as soon as it can, up to {RunDueFlips.Grace.TotalMinutes:0} minutes late" }}.",
            [.. holds], new ActLink("See the schedule", "phases"));
    }

    private static IEnumerable<string> Frozen(ScheduledFlip flip) =>
        flip.HeldUntil is { } until ? [$"The freeze window '{flip.HeldBy}' holds it until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC; then it counts as missed."] : [];

    // In a few words: the step's own entry has the sentences.
    private static IEnumerable<string> Refused(PlanTarget.ToPhase target, ComingFacts facts)
    {
        var why = GateGuard.Against(target, facts.State, facts.Gates, byPerson: true).Select(sentence => sentence.Split(". ")[0].TrimEnd('.')).ToList();
        if (why.Count > 0) yield return $"If it were due now, gates would refuse it: {string.Join("; ", why)}.";
    }

    private static IEnumerable<ComingAct> OfGuard(ComingFacts facts)
    {
        if (facts.State.Current is not { Evacuated: false, Phase: >= Phase.OptIn }) yield break;
        var says = facts.LastStep is { Operation: var step }
            ? $"If failures burst, Kubernetes is lastingly worse or jobs are stuck, operation {step.Id} ({step.Title}) is rolled back; if Kubernetes goes dark, it is evacuated."
            : "If Kubernetes goes dark, it is evacuated. There is no step forward to roll back: other rules only alert.";
        if (facts.State.Current.Phase < Phase.UntaggedTakeover && !(facts.LastStep?.Target.Phase >= Phase.UntaggedTakeover)) says = "Rules of the fast roll back only alert as long as only projects that opted in run on Kubernetes.";
        yield return new ComingAct("guard", "Watch over Kubernetes", facts.Guard?.At + GuardEvaluation.Every, says, [.. Off(facts), .. Watching(facts.Guard)], new ActLink("Open the roll back rules", "gates/guard"));
    }

    private static IEnumerable<string> Watching(GuardEvaluation? guard) => guard?.Readings.Where(reading => reading.Act == GuardAct.Watch)
        .Select(reading => $"Seen once, the next evaluation decides: {reading.Sentence}") ?? [];

    private static IEnumerable<string> Off(ComingFacts facts) =>
        facts.State.AutomationOn ? [] : [$"Automation is off ({facts.State.AutomationReason ?? "no reason given"})."];

    private static IEnumerable<string> Busy(ComingFacts facts) =>
        facts.Operation is { } running ? [$"Operation {running.Id} ({running.Title}) has to end first."] : [];

    private static IEnumerable<string> Approvals(ComingFacts facts)
    {
        if (facts.Held is { Why: { Count: > 0 } why, Plan: var plan }) return why.Select(sentence => $"Plan {plan}: {sentence}");
        List<string> ahead = [];
        if (facts.Held is null && facts.Policy.Approvals.Needed is > 0 and var needed) ahead.Add($"Its plan will need {needed} {(needed == 1 ? "approval" : "approvals")}.");
        if (facts.Held is null && facts.Policy.Approvals.ChangeReference is { } pattern && facts.Policy.Mode == FlipMode.Automatic) ahead.Add($"A change reference that matches {pattern} is asked for, which the portal cannot give: somebody applies the plan.");
        return ahead;
    }
}
