using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Gates;

/// <summary>Evaluations of the fast roll back: every one that asks for something, and the last one that does not.</summary>
public interface IGuardStore
{
    Task<GuardEvaluation?> LatestAsync(InstanceId instance, CancellationToken cancel);

    /// <returns>With its id.</returns>
    Task<GuardEvaluation> AddAsync(GuardEvaluation evaluation, GuardFacts facts, CancellationToken cancel);

    /// <summary>Writes down what was done about it.</summary>
    Task SaveDoneAsync(GuardEvaluation evaluation, CancellationToken cancel);

    /// <summary>What an evaluation was computed from; null when it is unknown.</summary>
    Task<GuardFacts?> EvidenceAsync(long id, CancellationToken cancel);

    /// <param name="before">Only those with a smaller id; null: all.</param>
    Task<IReadOnlyList<GuardEvaluation>> NewestAsync(InstanceId instance, int limit, long? before, CancellationToken cancel);

    /// <summary>Those by which an operation was rolled back or begun, from an instant on, newest first.</summary>
    Task<IReadOnlyList<GuardEvaluation>> ActedSinceAsync(InstanceId instance, DateTimeOffset since, CancellationToken cancel);
}
