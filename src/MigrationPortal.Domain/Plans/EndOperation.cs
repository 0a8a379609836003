using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>Ends an operation well: tells who must know, then stores the end with its audit entry and its notice.</summary>
public sealed class EndOperation(IOperationStore operations, IEnumerable<IOperationEnded> listeners, IAuditTrail audit, INotices notices, IWorldClock clock)
{
    internal async Task<Operation> RunAsync(Plan plan, Operation operation, CancellationToken cancel)
    {
        var state = operation.IsGoingBack() ? OperationState.RolledBack : OperationState.Succeeded;
        var ended = operation.MoveTo(state) with { EndedAt = clock.Now(operation.Instance), Waits = null, HaltCode = null };
        // First the listeners: were the end stored first, a crash here would lose the reached phase for good.
        foreach (var listener in listeners) await listener.EndedAsync(plan, ended, cancel);
        var entry = new AuditEntry(
            clock.Now(ended.Instance), ended.Instance, Actor.Portal, state == OperationState.Succeeded ? "operation.succeeded" : "operation.rolled-back",
            $"operation/{ended.Id}", null, null, JsonSerializer.Serialize(new { plan = plan.Id, plan.Title }));
        return await audit.ChangeAsync<Operation>(
            async () =>
            {
                var saved = await operations.SaveAsync(ended, cancel);
                await notices.TellAsync(OperationNotices.Ended(saved), cancel);
                return (saved, entry);
            },
            cancel);
    }
}
