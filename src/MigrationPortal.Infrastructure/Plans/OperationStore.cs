using Microsoft.EntityFrameworkCore;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Plans;

internal sealed class OperationStore(Database database) : IOperationStore
{
    private static readonly OperationState[] Ended = [OperationState.Succeeded, OperationState.RolledBack, OperationState.Aborted];

    public async Task<Operation?> TryStartAsync(Operation operation, string breakGlass, CancellationToken cancel)
    {
        try
        {
            return await database.WithContextAsync(
                async context =>
                {
                    var row = new OperationRow
                    {
                        Instance = operation.Instance,
                        PlanId = operation.PlanId,
                        State = operation.State,
                        Version = 1,
                        Document = StoreJson.Write(operation),
                        BreakGlass = new BreakGlassRow { Script = breakGlass },
                    };
                    context.Operations.Add(row);
                    await context.SaveChangesAsync(cancel);
                    await context.NotifyAsync(new PortalEvent(PortalTopic.Operations, operation.Instance, row.Id), cancel);
                    return operation with { Id = row.Id, Version = 1 };
                },
                cancel);
        }
        catch (DbUpdateException fault) when (IsSecond(fault.InnerException))
        {
            return null;
        }
    }

    public Task<string?> BreakGlassAsync(long id, CancellationToken cancel) => database.WithContextAsync(
        context => context.BreakGlassScripts.Where(row => row.OperationId == id).Select(row => row.Script).FirstOrDefaultAsync(cancel),
        cancel);

    public Task<Operation?> FindAsync(long id, CancellationToken cancel) => database.WithContextAsync(
        async context => await context.Operations.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel) is { } row ? Read(row) : null,
        cancel);

    public Task<Operation?> UnfinishedAsync(InstanceId instance, CancellationToken cancel) => database.WithContextAsync(
        async context => await context.Operations.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Instance == instance && !Ended.Contains(row.State), cancel) is { } row ? Read(row) : null,
        cancel);

    public Task<IReadOnlyList<Operation>> NewestAsync(InstanceId instance, int limit, long? before, CancellationToken cancel) =>
        database.WithContextAsync<IReadOnlyList<Operation>>(
            async context => (await context.Operations.AsNoTracking()
                    .Where(row => row.Instance == instance && (before == null || row.Id < before))
                    .OrderByDescending(row => row.Id).Take(limit).ToListAsync(cancel))
                .ConvertAll(Read),
            cancel);

    public async Task<Operation> SaveAsync(Operation operation, CancellationToken cancel)
    {
        var document = StoreJson.Write(operation);
        try
        {
            return await database.WithContextAsync(
                async context =>
                {
                    var written = await context.Operations
                        .Where(row => row.Id == operation.Id && row.Version == operation.Version)
                        .ExecuteUpdateAsync(
                            row => row.SetProperty(one => one.State, operation.State)
                                .SetProperty(one => one.Version, operation.Version + 1)
                                .SetProperty(one => one.Document, document),
                            cancel);
                    if (written == 0 && !await IsOursAsync(context, operation, document, cancel))
                        throw new OperationMovedOnException($"Operation {operation.Id} was written by somebody else after version {operation.Version}.");
                    await context.NotifyAsync(new PortalEvent(PortalTopic.Operations, operation.Instance, operation.Id), cancel);
                    return operation with { Version = operation.Version + 1 };
                },
                cancel);
        }
        catch (PostgresException fault) when (IsSecond(fault))
        {
            throw new OperationMovedOnException($"Operation {operation.Id} cannot go on: another operation of '{operation.Instance}' is under way.", fault);
        }
    }

    // A try whose answer was lost may have been committed: then the next version holds exactly our words.
    private static async Task<bool> IsOursAsync(PortalDbContext context, Operation operation, string document, CancellationToken cancel)
    {
        var there = await context.Operations.AsNoTracking().FirstOrDefaultAsync(row => row.Id == operation.Id, cancel);
        return there is not null && there.Version == operation.Version + 1 && there.State == operation.State
            && StoreJson.Write(StoreJson.Read<Operation>(there.Document)) == document;
    }

    private static bool IsSecond(Exception? fault) =>
        fault is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: OperationRow.OneAtATime };

    private static Operation Read(OperationRow row) =>
        StoreJson.Read<Operation>(row.Document) with { Id = row.Id, State = row.State, Version = row.Version };
}
