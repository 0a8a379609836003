using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>Writes down that somebody approves a plan. Whether it counts is the policy's matter, asked when the plan is applied.</summary>
public sealed class ApprovePlan(IPlanStore plans, IApprovalStore approvals, IAuditTrail audit, IWorldClock clock)
{
    /// <summary>Twice by the same one is once. Refuses <c>unknown-plan</c>.</summary>
    public async Task<Outcome<Plan>> RunAsync(long id, Actor who, CancellationToken cancel)
    {
        if (await plans.FindAsync(id, cancel) is not { } plan) return Refusal.Of("unknown-plan", $"There is no plan {id}.");
        var at = clock.Now(plan.Instance);
        await audit.ChangeAsync<bool>(
            async () => await approvals.AddAsync(new PlanApproval(id, who, at), cancel)
                ? (true, new AuditEntry(at, plan.Instance, who, "plan.approve", $"plan/{id}", null, null, JsonSerializer.Serialize(new { plan.Title, plan.Fingerprint })))
                : (false, null),
            cancel);
        return plan;
    }
}
