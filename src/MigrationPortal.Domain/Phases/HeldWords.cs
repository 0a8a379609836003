namespace MigrationPortal.Domain.Phases;

/// <summary>The sentences of an act of the kind <see cref="ActKind.Held"/>. Pure.</summary>
internal static class HeldWords
{
    private const string ByFreeze = "Held by a freeze window";

    private static readonly ActLink Calendar = new("Open the calendar", "calendar");

    /// <param name="at">When, as people read it.</param>
    /// <param name="scheduled">Such as "at 2026-11-25 14:20 UTC, as Mara had scheduled it".</param>
    public static (string Title, string Sentence) Did(AutomaticAct act, string at, string? scheduled) => act switch
    {
        { Record.Entry.What: "schedule.held", Flip: { } flip } => ($"{ByFreeze}: {TargetWords.Title(flip.Target)}", $"'{TargetWords.Title(flip.Target)}' was to begin by itself {scheduled}. At {at} the portal held it."),
        { Flip: { } flip } => ($"{Refused(act.Record.Entry.Why)}: {TargetWords.Title(flip.Target)}", $"'{TargetWords.Title(flip.Target)}' was to begin by itself {scheduled}, and was held. At {at} the portal took it off the schedule."),
        { Record.Entry.What: "plan.held", RefusedPlan: { } plan } => ($"Waits for approval: plan {plan}", $"At {at} the portal had made plan {plan} for the next step by itself, and did not apply it."),
        { Gates.Step.Title: var step } => ($"{ByFreeze}: {step}", $"At {at} the portal would have taken the next step, '{step}', by itself: its phase's policy is automatic, and every other gate passed."),
        _ => (ByFreeze, $"At {at} the portal would have taken the next step by itself: its phase's policy is automatic, and every other gate passed."),
    };

    /// <summary>What became of it; null where it is held for good, or nobody knows.</summary>
    public static string? Since(AutomaticAct act) => act switch
    {
        { Record.Entry.What: "schedule.held", Flip: { } flip } => flip switch
        {
            { OperationId: { } begun } => $"Operation {begun} began since.",
            { Outcome: { } outcome } => $"What became of it: {outcome}",
            { MissedAt: not null } => "It counts as missed since, and waits for an answer.",
            _ => "It is held still.",
        },
        _ => null,
    };

    public static (string Sentence, ActLink Where)? Undo(AutomaticAct act) => act switch
    {
        { RefusedPlan: { } plan, Record.Entry.What: "plan.held" } => ("Once it is approved the portal applies it by itself, if the gates still pass.", new ActLink($"Open plan {plan}", FormattableString.Invariant($"plans/{plan}"))),
        { RefusedPlan: { } plan } => ("Mend what held it and plan again, or apply the plan by hand.", new ActLink($"Open plan {plan}", FormattableString.Invariant($"plans/{plan}"))),
        { Flip: { Outcome: not null } or { OperationId: not null } } => null,
        { Flip.MissedAt: not null } => ("Run it now, or take it off the schedule.", new ActLink("Answer it", "phases")),
        { Flip: not null } => ("To begin it before, plan and apply it by hand, or end the window.", Calendar),
        _ => ("After the window the portal takes it by itself, if the gates still pass; a person can apply a plan before.", Calendar),
    };

    // As RunDueFlips writes it: the code of the refusal in brackets.
    private static string Refused(string? why) =>
        why?.Contains($"({ApprovalGuard.Missing})", StringComparison.Ordinal) == true ? "Held for want of approval"
        : why?.Contains($"({ApprovalGuard.ReferenceMissing})", StringComparison.Ordinal) == true ? "Held for want of a change reference"
        : "Held by its gates";
}
