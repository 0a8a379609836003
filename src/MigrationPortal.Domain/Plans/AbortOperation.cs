using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>Stops an operation where it is. What was changed stays changed, but for what a brownout took: that is given back at once. Roll back remains possible.</summary>
public sealed class AbortOperation(IOperationStore operations, IAuditTrail audit, IWorldClock clock)
{
    /// <summary>Refuses <c>unknown-operation</c> and <c>operation-ended</c>.</summary>
    public Task<Outcome<Operation>> RunAsync(long id, Actor who, string? reason, CancellationToken cancel) => OperationEdits.EditAsync(
        operations, audit, id, Edit,
        now => new AuditEntry(clock.Now(now.Instance), now.Instance, who, "operation.abort", $"operation/{id}", reason, null, null), cancel);

    private Outcome<Operation> Edit(Operation operation)
    {
        if (operation.State.IsEnd())
            return Refusal.Of("operation-ended", $"Operation {operation.Id} has already ended ({operation.State.ToString().ToLowerInvariant()}).");
        var stopped = operation.Brownout is null ? OperationEdits.Stopped(operation.Steps, "Aborted while under way: GitLab may hold either state.") : operation.Ended().Steps;
        return operation.Ended().MoveTo(OperationState.Aborted) with
        {
            EndedAt = clock.Now(operation.Instance),
            Waits = null,
            Steps = stopped,
        };
    }
}
