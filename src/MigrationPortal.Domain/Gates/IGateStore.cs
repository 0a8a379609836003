using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Gates;

/// <summary>Evaluations with their evidence.</summary>
public interface IGateStore
{
    Task<GateEvaluation?> LatestAsync(InstanceId instance, CancellationToken cancel);

    Task<GateEvaluation?> FindAsync(long id, CancellationToken cancel);

    /// <returns>With its id.</returns>
    Task<GateEvaluation> AddAsync(GateEvaluation evaluation, GateFacts facts, GatePolicy policy, CancellationToken cancel);

    /// <summary>
    /// The latest one still says the same: its readings and time are brought up to date, and its evidence is replaced with the
    /// facts that these readings rest on.
    /// </summary>
    Task ConfirmAsync(GateEvaluation evaluation, GateFacts facts, GatePolicy policy, CancellationToken cancel);

    /// <summary>Writes down that an operation began because of it; it is never confirmed again.</summary>
    Task SaveDecidedAsync(long id, long operation, CancellationToken cancel);

    /// <summary>What an evaluation was computed from; null when it is unknown.</summary>
    Task<(GateFacts Facts, GatePolicy Policy)?> EvidenceAsync(long id, CancellationToken cancel);

    /// <param name="before">Only those with a smaller id; null: all.</param>
    Task<IReadOnlyList<GateEvaluation>> NewestAsync(InstanceId instance, int limit, long? before, CancellationToken cancel);
}
