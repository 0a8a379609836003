using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Shared;

public sealed class MemoryGates : IGateStore
{
    private readonly List<(GateEvaluation Evaluation, GateFacts Facts, GatePolicy Policy)> _rows = [];

    public Task<GateEvaluation?> LatestAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(_rows.Count == 0 ? null : _rows[^1].Evaluation);

    public Task<GateEvaluation?> FindAsync(long id, CancellationToken cancel) => Task.FromResult(_rows.Find(row => row.Evaluation.Id == id).Evaluation)!;

    public Task<GateEvaluation> AddAsync(GateEvaluation evaluation, GateFacts facts, GatePolicy policy, CancellationToken cancel)
    {
        _rows.Add((evaluation with { Id = _rows.Count + 1 }, facts, policy));
        return Task.FromResult(_rows[^1].Evaluation);
    }

    public Task ConfirmAsync(GateEvaluation evaluation, GateFacts facts, GatePolicy policy, CancellationToken cancel)
    {
        _rows[(int)evaluation.Id - 1] = (evaluation, facts, policy);
        return Task.CompletedTask;
    }

    public Task SaveDecidedAsync(long id, long operation, CancellationToken cancel)
    {
        var (evaluation, facts, policy) = _rows[(int)id - 1];
        _rows[(int)id - 1] = (evaluation with { OperationId = operation }, facts, policy);
        return Task.CompletedTask;
    }

    public Task<(GateFacts Facts, GatePolicy Policy)?> EvidenceAsync(long id, CancellationToken cancel) =>
        Task.FromResult(_rows.Where(row => row.Evaluation.Id == id).Select(row => ((GateFacts, GatePolicy)?)(row.Facts, row.Policy)).FirstOrDefault());

    public Task<IReadOnlyList<GateEvaluation>> NewestAsync(InstanceId instance, int limit, long? before, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<GateEvaluation>>([.. _rows.Select(row => row.Evaluation).Where(one => one.Id < (before ?? long.MaxValue)).Reverse().Take(limit)]);
}
