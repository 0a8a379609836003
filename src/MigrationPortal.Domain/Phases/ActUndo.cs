using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Plans;

namespace MigrationPortal.Domain.Phases;

/// <summary>How an automatic act is undone or answered, and on which page.</summary>
internal static class ActUndo
{
    /// <returns>Null where nothing is left to undo.</returns>
    public static (string Sentence, ActLink Where)? Of(AutomaticAct act) => act.Kind switch
    {
        ActKind.Held => HeldWords.Undo(act),
        ActKind.MissedFlip when act.RefusedPlan is { } plan => ("Mend what refused it and plan again, or apply the plan by hand.", new ActLink($"Open plan {plan}", FormattableString.Invariant($"plans/{plan}"))),
        ActKind.MissedFlip => act.Flip is { Outcome: null, MissedAt: not null }
            ? ("Run it now, or take it off the schedule.", new ActLink("Answer it", "phases"))
            : ("To take the step after all, plan it under Phases.", new ActLink("Plan the step", "phases")),
        ActKind.Alert => OfAlert(act),
        ActKind.Switch or ActKind.Other => null,
        _ => act.Operation is { } operation ? OfOperation(act.Kind, operation, Page(operation.Head.Id)) : null,
    };

    private static (string, ActLink)? OfAlert(AutomaticAct act) => act switch
    {
        { Guard.Act: GuardAct.Evacuate } => ("Whether to evacuate is a person's decision now.", new ActLink("Decide to evacuate", "evacuate")),
        { Operation.Head: { Id: var step, State: not OperationState.RolledBack } } => ($"Whether to roll back operation {step} is a person's decision now.", new ActLink($"Decide to roll back operation {step}", Page(step))),
        _ => null,
    };

    private static (string, ActLink)? OfOperation(ActKind kind, ActOperation operation, string page) => operation switch
    {
        { Head.Brownout: { ReturnedAt: null } window } => ($"{window.Tag} comes back by itself; it can be given back at once.", new ActLink($"Give {window.Tag} back now", page)),
        { Head.Brownout: not null } => null,
        { Head: { State: OperationState.Halted, Id: var id } } => ("Resume it, or roll it back.", new ActLink($"Resume or roll back operation {id}", page)),
        _ when kind == ActKind.RollBack => ("To go forward again, plan the step under Phases: by itself the portal takes it only after its gates have passed anew.", new ActLink("Plan the step again", "phases")),
        { Head.State: OperationState.RolledBack } => null,
        { Superseder: { } later } => ($"Operation {later} has changed the same runners since: roll that one back first.", new ActLink($"Roll back operation {later} first", Page(later))),
        { Head.Id: var id } => ($"To undo it, roll back operation {id}: that needs no gate and no approval.", new ActLink($"Roll back operation {id}", page)),
    };

    private static string Page(long operation) => FormattableString.Invariant($"operations/{operation}");
}
