using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Which operation took the last step forward: the one under way, or the one that reached the present state.</summary>
public sealed class LastStep(IOperationStore operations, IPlanStore plans)
{
    /// <returns>Null where there is none, and where the last step went back: rolling that back would go forward.</returns>
    public async Task<(Operation Operation, PlanTarget.ToPhase Target)?> FindAsync(PhaseState state, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (await operations.UnfinishedAsync(state.Instance, cancel) is { Brownout: null } busy && await OfAsync(busy.Id, state.Current, cancel) is { } underWay) return underWay;
        if (state.Current is not { Evacuated: false, OperationId: { } id }) return null;
        var first = state.History.ToList().FindIndex(one => one.OperationId == id);
        return await OfAsync(id, first > 0 ? state.History[first - 1] : null, cancel);
    }

    /// <param name="before">What was reached before the operation.</param>
    private async Task<(Operation, PlanTarget.ToPhase)?> OfAsync(long id, PhaseReached? before, CancellationToken cancel)
    {
        if (await operations.FindAsync(id, cancel) is not { } operation || await plans.FindAsync(operation.PlanId, cancel) is not { } plan) return null;
        return PlanTargetJson.Read(plan.Target) is Outcome<PlanTarget>.Done { Result: PlanTarget.ToPhase target } && NextStep.IsForward(before, target) ? (operation, target) : null;
    }
}
