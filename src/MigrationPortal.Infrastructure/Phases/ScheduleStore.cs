using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
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
                Missed = flip.Missed,
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

    public Task<bool> FinishAsync(long id, long? operationId, string outcome, CancellationToken cancel) => ChangeAsync(
        rows => rows.Where(row => row.Id == id),
        row => row.SetProperty(one => one.OperationId, operationId).SetProperty(one => one.Outcome, outcome), cancel);

    public Task<bool> HoldAsync(long id, DateTimeOffset until, string by, CancellationToken cancel)
    {
        var end = until.ToUniversalTime();
        return ChangeAsync(
            rows => rows.Where(row => row.Id == id && row.MissedAt == null && (row.HeldUntil != end || row.HeldBy != by)),
            row => row.SetProperty(one => one.HeldUntil, end).SetProperty(one => one.HeldBy, by), cancel);
    }

    public Task<bool> AskAsync(long id, DateTimeOffset at, string why, CancellationToken cancel) => ChangeAsync(
        rows => rows.Where(row => row.Id == id && row.MissedAt == null),
        row => row.SetProperty(one => one.MissedAt, at.ToUniversalTime()).SetProperty(one => one.MissedWhy, why), cancel);

    public Task<bool> RunAsync(InstanceId instance, long id, DateTimeOffset dueAt, CancellationToken cancel) => ChangeAsync(
        rows => rows.Where(row => row.Instance == instance && row.Id == id && row.MissedAt != null),
        row => row.SetProperty(one => one.DueAt, dueAt.ToUniversalTime()).SetProperty(one => one.Missed, MissedRule.Run)
            .SetProperty(one => one.MissedAt, (DateTimeOffset?)null).SetProperty(one => one.MissedWhy, (string?)null)
            .SetProperty(one => one.HeldUntil, (DateTimeOffset?)null).SetProperty(one => one.HeldBy, (string?)null), cancel);

    private Task<bool> ChangeAsync(
        Func<IQueryable<ScheduledFlipRow>, IQueryable<ScheduledFlipRow>> which, Action<UpdateSettersBuilder<ScheduledFlipRow>> change, CancellationToken cancel) => database.WithContextAsync(
        async context =>
        {
            if (await which(context.ScheduledFlips.Where(row => row.Outcome == null)).ExecuteUpdateAsync(change, cancel) == 0) return false;
            await context.NotifyAsync(new PortalEvent(PortalTopic.Phases, null, null), cancel);
            return true;
        },
        cancel);

    /// <summary>Whatever became of them.</summary>
    internal static Task<List<ScheduledFlip>> FindAsync(Database database, long[] ids, CancellationToken cancel) => database.WithContextAsync(
        async context => (await context.ScheduledFlips.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancel)).ConvertAll(Read), cancel);

    private static ScheduledFlip Read(ScheduledFlipRow row) => new(
        row.Id, row.Instance, StoreJson.Read<PlanTarget>(row.Target), row.DueAt, row.By, row.Reason, row.Overrides, row.OperationId, row.Outcome)
    {
        Missed = row.Missed,
        MissedAt = row.MissedAt,
        MissedWhy = row.MissedWhy,
        HeldUntil = row.HeldUntil,
        HeldBy = row.HeldBy,
    };
}
