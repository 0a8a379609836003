using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>Somebody's yes to a plan: bound to the plan and so to its fingerprint, which a changed fleet makes worthless.</summary>
public sealed record PlanApproval(long Plan, Actor By, DateTimeOffset At);

public interface IApprovalStore
{
    /// <returns>False when the same one has approved it before.</returns>
    Task<bool> AddAsync(PlanApproval approval, CancellationToken cancel);

    /// <summary>The first first.</summary>
    Task<IReadOnlyList<PlanApproval>> OfPlanAsync(long plan, CancellationToken cancel);
}
