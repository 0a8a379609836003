using MigrationPortal.Domain.Plans;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Plans;

internal sealed class ApprovalStore(Database database) : IApprovalStore
{
    public async Task<bool> AddAsync(PlanApproval approval, CancellationToken cancel) => await database.ExecuteAsync(
        "INSERT INTO plan_approvals (plan, actor, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        values =>
        {
            values.AddWithValue(approval.Plan);
            values.AddWithValue(approval.By.ToString());
            values.AddWithValue(approval.At.ToUniversalTime());
        },
        cancel) > 0;

    public async Task<IReadOnlyList<PlanApproval>> OfPlanAsync(long plan, CancellationToken cancel) => await database.QueryAsync(
        "SELECT actor, at FROM plan_approvals WHERE plan = $1 ORDER BY at, actor", values => values.AddWithValue(plan),
        row => new PlanApproval(plan, ActorText.Read(row.GetString(0)), row.GetFieldValue<DateTimeOffset>(1)), cancel);
}
