using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

public interface IPlanStore
{
    /// <summary>Stores a plan and answers it with its id.</summary>
    Task<Plan> AddAsync(Plan plan, CancellationToken cancel);

    Task<Plan?> FindAsync(long id, CancellationToken cancel);

    /// <param name="before">Only plans with a smaller id; null: all.</param>
    Task<IReadOnlyList<PlanHead>> NewestAsync(InstanceId instance, int limit, long? before, CancellationToken cancel);
}

/// <summary>Operations are given whole and fenced by <see cref="Operation.Version"/>; of their steps those that changed are written.</summary>
public interface IOperationStore
{
    /// <summary>Adds an operation, and with it the script of the way back, unless another of the instance is unfinished.</summary>
    /// <param name="breakGlass">See <see cref="BreakGlassScript"/>: stored as it stands, in the same transaction.</param>
    /// <returns>The stored operation, or null when one is under way (enforced by a unique index).</returns>
    Task<Operation?> TryStartAsync(Operation operation, string breakGlass, CancellationToken cancel);

    /// <summary>The script that was stored when the operation began; null when there is none, as of operations of older portals.</summary>
    Task<string?> BreakGlassAsync(long id, CancellationToken cancel);

    Task<Operation?> FindAsync(long id, CancellationToken cancel);

    /// <summary>The newest operation that carries the plan out, if any.</summary>
    Task<OperationHead?> OfPlanAsync(long plan, CancellationToken cancel);

    /// <summary>The operation of the instance that is not in an end state, if any.</summary>
    Task<OperationHead?> UnfinishedAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>Brownouts of the instance that may still lack a tag somewhere, whatever state their operations are in; oldest first.</summary>
    Task<IReadOnlyList<Operation>> OwingAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>
    /// The newest operation after <paramref name="operation"/>, of its instance and not rolled back, that has written to a runner
    /// which that one has written to. Brownouts do not count: they leave runners as they were.
    /// </summary>
    Task<OperationHead?> SupersederAsync(Operation operation, CancellationToken cancel);

    Task<IReadOnlyList<OperationHead>> NewestAsync(InstanceId instance, int limit, long? before, CancellationToken cancel);

    /// <summary>Writes the operation if nobody wrote it since <paramref name="operation"/> was read.</summary>
    /// <returns>The operation with its new version.</returns>
    /// <exception cref="OperationMovedOnException">Somebody else wrote it: re-read and decide again.</exception>
    Task<Operation> SaveAsync(Operation operation, CancellationToken cancel);
}

/// <summary>Another writer was faster; what this one knows is stale.</summary>
public sealed class OperationMovedOnException : Exception
{
    public OperationMovedOnException()
    {
    }

    public OperationMovedOnException(string message) : base(message)
    {
    }

    public OperationMovedOnException(string message, Exception inner) : base(message, inner)
    {
    }
}
