using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>
/// Turns an operation round: what it changed is restored, widening first. Needs no gate, no approval and no fresh
/// plan, and pre-empts whatever else runs. <see cref="RunOperation"/> carries it out.
/// </summary>
public sealed class RollBackOperation(IOperationStore operations, AbortOperation abort, IAuditTrail audit, INotices notices, IWorldClock clock)
{
    /// <summary>Each time another operation was started between its look and its write.</summary>
    private const int Tries = 5;

    /// <summary>Refuses <c>unknown-operation</c>, <c>already-rolled-back</c>, <c>deleted-runners</c>, <c>superseded</c> and <c>operation-running</c>.</summary>
    public async Task<Outcome<Operation>> RunAsync(long id, Actor who, string reason, CancellationToken cancel)
    {
        if (await operations.FindAsync(id, cancel) is not { } operation)
            return Refusal.Of("unknown-operation", $"There is no operation {id}.");
        return await TurnRoundAsync(operation, who, reason, cancel);
    }

    private async Task<Outcome<Operation>> TurnRoundAsync(Operation operation, Actor who, string reason, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await operations.SupersederAsync(operation, cancel) is { } since)
                return Refusal.Of("superseded", $"Operation {since.Id} ({since.Title}) has changed the same runners since: roll that one back first.");
            if (RollBackSteps.TurnRound(operation) is Outcome<Operation>.Refused no) return no;
            if (await operations.UnfinishedAsync(operation.Instance, cancel) is { } other && other.Id != operation.Id)
                await abort.RunAsync(other.Id, who, $"Pre-empted by the roll back of operation {operation.Id}", cancel);
            try
            {
                return await OperationEdits.EditAsync(operations, audit, operation.Id, RollBackSteps.TurnRound, turned => Entry(turned, who, reason), cancel,
                    turned => notices.TellAsync(OperationNotices.RollbackStarted(turned, who, reason, clock.Now(turned.Instance)), cancel));
            }
            catch (OperationMovedOnException) when (attempt < Tries)
            {
                // Somebody started another one just now: that one is pre-empted too.
            }
            catch (OperationMovedOnException)
            {
                return Refusal.Of("operation-running", "Other operations are started faster than they can be stopped: switch automation off and try again.");
            }
        }
    }

    private AuditEntry Entry(Operation turned, Actor who, string reason) => new(
        clock.Now(turned.Instance), turned.Instance, who, "operation.roll-back", $"operation/{turned.Id}", reason, null,
        JsonSerializer.Serialize(new { runners = turned.Originals().Keys.Select(runner => runner.Number).Order() }));
}
