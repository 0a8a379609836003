using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>Edits an operation that may be running at this moment: read, decide, write with the entry; when somebody was faster, all again.</summary>
internal static class OperationEdits
{
    private const int Tries = 20;

    /// <param name="also">What is written with it, in the same transaction.</param>
    /// <exception cref="OperationMovedOnException">Again and again: somebody keeps writing it, or another operation is under way.</exception>
    public static async Task<Outcome<Operation>> EditAsync(
        IOperationStore operations, IAuditTrail audit, long id, Func<Operation, Outcome<Operation>> edit, Func<Operation, AuditEntry> entry, CancellationToken cancel, Func<Operation, Task>? also = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await operations.FindAsync(id, cancel) is not { } operation)
                return Refusal.Of("unknown-operation", $"There is no operation {id}.");
            var outcome = edit(operation);
            if (outcome is not Outcome<Operation>.Done done || ReferenceEquals(done.Result, operation)) return outcome;
            try
            {
                return await audit.ChangeAsync<Operation>(
                    async () =>
                    {
                        var saved = await operations.SaveAsync(done.Result, cancel);
                        if (also is not null) await also(saved);
                        return (saved, entry(done.Result));
                    },
                    cancel);
            }
            catch (OperationMovedOnException) when (attempt < Tries)
            {
                // The runner of the operation writes two times a step; the next read sees its latest.
            }
        }
    }

    /// <summary>Steps not begun are skipped; one under way is closed with a word, because its outcome is not known.</summary>
    public static IReadOnlyList<OperationStep> Stopped(IEnumerable<OperationStep> steps, string underWay) =>
    [
        .. steps.Select(step => step.State switch
        {
            OperationStepState.Pending or OperationStepState.Waiting when step.Found is null => step with { State = OperationStepState.Skipped, IntentAt = null },
            OperationStepState.Pending or OperationStepState.Waiting or OperationStepState.Running => step with { State = OperationStepState.Failed, Message = underWay },
            _ => step,
        }),
    ];
}
