using Microsoft.EntityFrameworkCore;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Plans;

internal sealed class PlanStore(Database database) : IPlanStore
{
    public Task<Plan> AddAsync(Plan plan, CancellationToken cancel) => database.WithContextAsync(
        async context =>
        {
            var row = new PlanRow
            {
                Instance = plan.Instance,
                MadeAt = plan.MadeAt.ToUniversalTime(),
                Head = StoreJson.Write(PlanHead.Of(plan)),
                Document = StoreJson.Write(plan),
            };
            context.Plans.Add(row);
            await context.SaveChangesAsync(cancel);
            return plan with { Id = row.Id };
        },
        cancel);

    public Task<Plan?> FindAsync(long id, CancellationToken cancel) => database.WithContextAsync(
        async context => await context.Plans.Where(row => row.Id == id).Select(row => row.Document).FirstOrDefaultAsync(cancel) is { } document
            ? StoreJson.Read<Plan>(document) with { Id = id }
            : null,
        cancel);

    public Task<IReadOnlyList<PlanHead>> NewestAsync(InstanceId instance, int limit, long? before, CancellationToken cancel) =>
        database.WithContextAsync<IReadOnlyList<PlanHead>>(
            async context => (await context.Plans
                    .Where(row => row.Instance == instance && (before == null || row.Id < before))
                    .OrderByDescending(row => row.Id).Take(limit).Select(row => new { row.Id, row.Head }).ToListAsync(cancel))
                .ConvertAll(row => StoreJson.Read<PlanHead>(row.Head) with { Id = row.Id }),
            cancel);
}
