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
            var row = new PlanRow { Instance = plan.Instance, MadeAt = plan.MadeAt.ToUniversalTime(), Document = StoreJson.Write(plan) };
            context.Plans.Add(row);
            await context.SaveChangesAsync(cancel);
            return plan with { Id = row.Id };
        },
        cancel);

    public Task<Plan?> FindAsync(long id, CancellationToken cancel) => database.WithContextAsync(
        async context => await context.Plans.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel) is { } row ? Read(row) : null,
        cancel);

    public Task<IReadOnlyList<Plan>> NewestAsync(InstanceId instance, int limit, long? before, CancellationToken cancel) =>
        database.WithContextAsync<IReadOnlyList<Plan>>(
            async context => (await context.Plans.AsNoTracking()
                    .Where(row => row.Instance == instance && (before == null || row.Id < before))
                    .OrderByDescending(row => row.Id).Take(limit).ToListAsync(cancel))
                .ConvertAll(Read),
            cancel);

    private static Plan Read(PlanRow row) => StoreJson.Read<Plan>(row.Document) with { Id = row.Id };
}
