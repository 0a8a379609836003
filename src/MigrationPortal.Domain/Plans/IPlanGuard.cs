namespace MigrationPortal.Domain.Plans;

/// <summary>What others ask of a plan before it begins: gates that bind, approvals, the calendar. Asked at apply, because it changes without the fleet.</summary>
public interface IPlanGuard
{
    /// <summary>In the order of importance; one with an override can be waved through by name.</summary>
    Task<IReadOnlyList<PlanBlocker>> BlockersAsync(Plan plan, ApplyRequest request, CancellationToken cancel);
}
