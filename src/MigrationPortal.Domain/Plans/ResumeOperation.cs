using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>Lets a halted operation go on where it stopped, in the direction it was going.</summary>
public sealed class ResumeOperation(IOperationStore operations, IAuditTrail audit, IWorldClock clock)
{
    /// <summary>Refuses <c>unknown-operation</c> and <c>not-halted</c>.</summary>
    public Task<Outcome<Operation>> RunAsync(long id, Actor who, string? reason, CancellationToken cancel) => OperationEdits.EditAsync(
        operations, audit, id, Edit,
        now => new AuditEntry(clock.Now(now.Instance), now.Instance, who, "operation.resume", $"operation/{id}", reason, null, null), cancel);

    private static Outcome<Operation> Edit(Operation operation)
    {
        if (operation.State != OperationState.Halted)
            return Refusal.Of("not-halted", $"Operation {operation.Id} is not halted, so there is nothing to resume.");
        return operation.MoveTo(operation.IsGoingBack() ? OperationState.RollingBack : OperationState.Running) with
        {
            HaltCode = null,
            Waits = null,
            // A failed step begins again, with what it found the first time; a wait is counted anew.
            Steps = [.. operation.Steps.Select(step => step.IsRollBack == operation.IsGoingBack() && step.State is OperationStepState.Failed or OperationStepState.Waiting
                ? step with { State = OperationStepState.Pending, IntentAt = null, Message = null } : step)],
        };
    }
}
