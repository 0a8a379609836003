using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Shared;

public sealed class MemoryGuards : IGuardStore
{
    private readonly List<(GuardEvaluation Evaluation, GuardFacts Facts)> _rows = [];
    private long _last;

    public Task<GuardEvaluation?> LatestAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(_rows.Count == 0 ? null : _rows[^1].Evaluation);

    public Task<GuardEvaluation> AddAsync(GuardEvaluation evaluation, GuardFacts facts, CancellationToken cancel)
    {
        if (evaluation.Act == GuardAct.None) _rows.RemoveAll(row => row.Evaluation.Act == GuardAct.None);
        _rows.Add((evaluation with { Id = ++_last }, facts));
        return Task.FromResult(_rows[^1].Evaluation);
    }

    public Task SaveDoneAsync(GuardEvaluation evaluation, CancellationToken cancel)
    {
        var at = _rows.FindIndex(row => row.Evaluation.Id == evaluation.Id);
        _rows[at] = (evaluation, _rows[at].Facts);
        return Task.CompletedTask;
    }

    public Task<GuardFacts?> EvidenceAsync(long id, CancellationToken cancel) => Task.FromResult(_rows.Find(row => row.Evaluation.Id == id).Facts)!;

    public Task<IReadOnlyList<GuardEvaluation>> NewestAsync(InstanceId instance, int limit, long? before, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<GuardEvaluation>>([.. _rows.Select(row => row.Evaluation).Where(one => one.Id < (before ?? long.MaxValue)).Reverse().Take(limit)]);

    public Task<IReadOnlyList<GuardEvaluation>> ActedSinceAsync(InstanceId instance, DateTimeOffset since, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<GuardEvaluation>>([.. _rows.Select(row => row.Evaluation).Where(one => one.At >= since && one.OperationId is not null).Reverse()]);
}
