using MigrationPortal.Domain.Plans;

namespace MigrationPortal.Domain.Tests.Shared;

public sealed class MemoryApprovals : IApprovalStore
{
    private readonly List<PlanApproval> _given = [];

    public Task<bool> AddAsync(PlanApproval approval, CancellationToken cancel)
    {
        var isNew = !_given.Exists(one => one.Plan == approval.Plan && one.By == approval.By);
        if (isNew) _given.Add(approval);
        return Task.FromResult(isNew);
    }

    public Task<IReadOnlyList<PlanApproval>> OfPlanAsync(long plan, CancellationToken cancel) => Task.FromResult<IReadOnlyList<PlanApproval>>([.. _given.Where(one => one.Plan == plan)]);
}
