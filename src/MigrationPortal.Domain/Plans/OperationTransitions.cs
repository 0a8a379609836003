namespace MigrationPortal.Domain.Plans;

/// <summary>The legal moves of an operation. End states are those that nothing leaves by itself.</summary>
public static class OperationTransitions
{
    private static readonly Dictionary<OperationState, OperationState[]> Table = new()
    {
        [OperationState.Pending] = [OperationState.Running, OperationState.Waiting, OperationState.Succeeded, OperationState.Halted, OperationState.RollingBack, OperationState.Aborted],
        [OperationState.Running] = [OperationState.Running, OperationState.Waiting, OperationState.Succeeded, OperationState.Halted, OperationState.RollingBack, OperationState.Aborted],
        [OperationState.Waiting] = [OperationState.Running, OperationState.Waiting, OperationState.Succeeded, OperationState.Halted, OperationState.RollingBack, OperationState.Aborted],
        [OperationState.Halted] = [OperationState.Running, OperationState.RollingBack, OperationState.Aborted],
        // A roll back that waits stays rolling back: its direction must survive a crash.
        [OperationState.RollingBack] = [OperationState.RollingBack, OperationState.RolledBack, OperationState.Halted, OperationState.Aborted],
        // The way back stays open after success and after an abort that left the fleet half-way.
        [OperationState.Succeeded] = [OperationState.RollingBack],
        [OperationState.Aborted] = [OperationState.RollingBack],
        [OperationState.RolledBack] = [],
    };

    public static bool May(OperationState from, OperationState to) => Table[from].Contains(to);

    /// <summary>Succeeded, rolled back or aborted: the instance is free for another operation. Halted is not an end.</summary>
    public static bool IsEnd(this OperationState state) =>
        state is OperationState.Succeeded or OperationState.RolledBack or OperationState.Aborted;

    /// <exception cref="InvalidOperationException">The move is not in the table: a fault of the caller.</exception>
    public static Operation MoveTo(this Operation operation, OperationState to) => May(operation.State, to)
        ? operation with { State = to }
        : throw new InvalidOperationException($"Operation {operation.Id} cannot go from {operation.State} to {to}.");
}
