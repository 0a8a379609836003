namespace MigrationPortal.Domain.Plans;

/// <summary>
/// Told when an operation has reached its end and been verified, just before that end is stored: a crash in between
/// repeats the call, so handling must be idempotent by the operation's id.
/// </summary>
public interface IOperationEnded
{
    /// <param name="operation">In its end state: succeeded or rolled back.</param>
    Task EndedAsync(Plan plan, Operation operation, CancellationToken cancel);
}
