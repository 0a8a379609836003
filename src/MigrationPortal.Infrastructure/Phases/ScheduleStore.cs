using Microsoft.EntityFrameworkCore;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Phases;

internal sealed class ScheduleStore(Database database) : IScheduleStore
{
    public Task<ScheduledFlip> AddAsync(ScheduledFlip flip, CancellationToken cancel) => database.WithContextAsync(
        async context =>
        {
            var row = new ScheduledFlipRow
            {
                Instance = flip.Instance,
                Target = StoreJson.Write(flip.Target),
                DueAt = flip.DueAt.ToUniversalTime(),
                By = flip.By,
                Reason = flip.Reason,
                Overrides = [.. flip.Overrides],
            };
            context.ScheduledFlips.Add(row);
            await context.SaveChangesAsync(cancel);
            await context.NotifyAsync(new PortalEvent(PortalTopic.Phases, flip.Instance, null), cancel);
            return flip with { Id = row.Id };
        },
        cancel);

    public Task<bool> RemoveAsync(InstanceId instance, long id, CancellationToken cancel) => database.WithContextAsync(
        async context => await context.ScheduledFlips
            .Where(row => row.Instance == instance && row.Id == id && row.Outcome == null).ExecuteDeleteAsync(cancel) > 0,
        cancel);

    public Task<IReadOnlyList<ScheduledFlip>> WaitingAsync(InstanceId instance, CancellationToken cancel) =>
        database.WithContextAsync<IReadOnlyList<ScheduledFlip>>(
            async context => (await context.ScheduledFlips.AsNoTracking()
                    .Where(row => row.Instance == instance && row.Outcome == null)
                    .OrderBy(row => row.DueAt).ThenBy(row => row.Id).ToListAsync(cancel))
                .ConvertAll(Read),
            cancel);

    public Task FinishAsync(long id, long? operationId, string outcome, CancellationToken cancel) => database.WithContextAsync(
        context => context.ScheduledFlips.Where(row => row.Id == id).ExecuteUpdateAsync(
            row => row.SetProperty(one => one.OperationId, operationId).SetProperty(one => one.Outcome, outcome), cancel),
        cancel);

    private static ScheduledFlip Read(ScheduledFlipRow row) => new(
        row.Id, row.Instance, StoreJson.Read<PlanTarget>(row.Target), row.DueAt, row.By, row.Reason, row.Overrides, row.OperationId, row.Outcome);
}
