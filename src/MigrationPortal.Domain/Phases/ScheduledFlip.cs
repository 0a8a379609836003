using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>A plan target to be planned and applied at a time of the instance. Due times live here, not in Hangfire.</summary>
/// <param name="Outcome">What happened when it was due: the operation, or why it was refused; null as long as it waits.</param>
public sealed record ScheduledFlip(
    long Id,
    InstanceId Instance,
    PlanTarget Target,
    DateTimeOffset DueAt,
    Actor By,
    string Reason,
    IReadOnlyList<string> Overrides,
    long? OperationId,
    string? Outcome);

public interface IScheduleStore
{
    Task<ScheduledFlip> AddAsync(ScheduledFlip flip, CancellationToken cancel);

    /// <returns>False when it is not there or no longer waits.</returns>
    Task<bool> RemoveAsync(InstanceId instance, long id, CancellationToken cancel);

    Task<IReadOnlyList<ScheduledFlip>> WaitingAsync(InstanceId instance, CancellationToken cancel);

    Task FinishAsync(long id, long? operationId, string outcome, CancellationToken cancel);
}
