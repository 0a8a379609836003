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
    string? Outcome)
{
    /// <summary>What happens when it could not begin in time.</summary>
    public MissedRule Missed { get; init; } = MissedRule.Ask;

    /// <summary>When it was found missed and somebody was asked; null as long as it waits for its time.</summary>
    public DateTimeOffset? MissedAt { get; init; }

    /// <summary>Why it could not begin in time, while it waits for an answer.</summary>
    public string? MissedWhy { get; init; }

    /// <summary>Since it was due: when the freeze ends that holds it. It then counts as missed, by its rule.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>The freeze window that holds it; several, separated by commas, where they make up one freeze.</summary>
    public string? HeldBy { get; init; }
}

/// <summary>
/// A flip is missed when it has not begun by <see cref="RunDueFlips.OnTime"/> after its due time, whatever the cause. One that is
/// due in a freeze window is held as long as that lasts, and missed when it ends.
/// </summary>
public enum MissedRule
{
    /// <summary>It stays on the schedule until somebody says run or takes it off.</summary>
    Ask,

    /// <summary>It begins as soon as it can, up to <see cref="RunDueFlips.Grace"/> late (after a freeze: after its end); then it is given up.</summary>
    Run,

    /// <summary>It is taken off with the reason.</summary>
    Skip,
}

public interface IScheduleStore
{
    Task<ScheduledFlip> AddAsync(ScheduledFlip flip, CancellationToken cancel);

    /// <returns>False when it is not there or no longer waits.</returns>
    Task<bool> RemoveAsync(InstanceId instance, long id, CancellationToken cancel);

    /// <summary>Those that wait for their time, and the missed ones that wait for an answer.</summary>
    Task<IReadOnlyList<ScheduledFlip>> WaitingAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>Takes it off with what became of it.</summary>
    /// <returns>False when it no longer waits: somebody else has handled it.</returns>
    Task<bool> FinishAsync(long id, long? operationId, string outcome, CancellationToken cancel);

    /// <summary>Notes the freeze that holds it.</summary>
    /// <returns>False when that was noted before, or it no longer waits for its time.</returns>
    Task<bool> HoldAsync(long id, DateTimeOffset until, string by, CancellationToken cancel);

    /// <summary>Leaves it on the schedule as missed, for somebody to answer.</summary>
    /// <returns>False when it no longer waits for its time.</returns>
    Task<bool> AskAsync(long id, DateTimeOffset at, string why, CancellationToken cancel);

    /// <summary>Makes a missed one due, by the rule <see cref="MissedRule.Run"/> from now on.</summary>
    /// <returns>False when it is not there or nobody was asked.</returns>
    Task<bool> RunAsync(InstanceId instance, long id, DateTimeOffset dueAt, CancellationToken cancel);
}
