using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>Writes down that somebody approves a plan, bound to its fingerprint. No policy asks for approvals yet, so none is counted.</summary>
public sealed class ApprovePlan(IPlanStore plans, IAuditTrail audit, IWorldClock clock)
{
    /// <summary>Refuses <c>unknown-plan</c>.</summary>
    public async Task<Outcome<Plan>> RunAsync(long id, Actor who, CancellationToken cancel)
    {
        if (await plans.FindAsync(id, cancel) is not { } plan) return Refusal.Of("unknown-plan", $"There is no plan {id}.");
        await audit.AppendAsync(new AuditEntry(clock.Now(plan.Instance), plan.Instance, who, "plan.approve", $"plan/{id}", null, null,
            JsonSerializer.Serialize(new { plan.Title, plan.Fingerprint })), cancel);
        return plan;
    }
}
