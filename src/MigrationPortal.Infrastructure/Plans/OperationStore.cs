using Microsoft.EntityFrameworkCore;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Plans;

internal sealed class OperationStore(Database database) : IOperationStore
{
    private readonly WrittenSteps _written = new();

    private static readonly OperationState[] Ended = [OperationState.Succeeded, OperationState.RolledBack, OperationState.Aborted];

    public async Task<Operation?> TryStartAsync(Operation operation, string breakGlass, CancellationToken cancel)
    {
        try
        {
            return await database.TogetherAsync<Operation?>(
                async context =>
                {
                    var row = new OperationRow
                    {
                        Instance = operation.Instance,
                        PlanId = operation.PlanId,
                        State = operation.State,
                        Version = 1,
                        Head = StoreJson.Write(OperationHead.Of(operation)),
                        BreakGlass = new BreakGlassRow { Script = breakGlass },
                    };
                    context.Operations.Add(row);
                    await context.SaveChangesAsync(cancel);
                    await OperationSteps.WriteAsync(database, row.Id, operation.Steps, null, cancel);
                    await context.NotifyAsync(new PortalEvent(PortalTopic.Operations, operation.Instance, row.Id), cancel);
                    return (operation with { Id = row.Id, Version = 1 }, true);
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

    // One statement: head and steps of the same version.
    private const string Whole =
        """
        SELECT id, state, version, head::text, ARRAY(SELECT document::text FROM operation_steps WHERE operation_id = id ORDER BY position)
        FROM operations
        """;

    public async Task<Operation?> FindAsync(long id, CancellationToken cancel) =>
        _written.Known((await database.QueryAsync($"{Whole} WHERE id = $1", values => values.AddWithValue(id), ReadWhole, cancel)).FirstOrDefault());

    public async Task<IReadOnlyList<Operation>> OwingAsync(InstanceId instance, CancellationToken cancel) => await database.QueryAsync(
        $"{Whole} WHERE instance = $1 AND head ? 'brownout' AND NOT head -> 'brownout' ? 'returnedAt' ORDER BY id", values => values.AddWithValue(instance.Name), ReadWhole, cancel);

    public Task<OperationHead?> OfPlanAsync(long plan, CancellationToken cancel) => database.WithContextAsync(
        async context => await context.Operations.AsNoTracking().Where(row => row.PlanId == plan).OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancel) is { } row ? Read(row) : null,
        cancel);

    public Task<OperationHead?> UnfinishedAsync(InstanceId instance, CancellationToken cancel) => database.WithContextAsync(
        async context => await context.Operations.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Instance == instance && !Ended.Contains(row.State), cancel) is { } row ? Read(row) : null,
        cancel);

    public async Task<OperationHead?> SupersederAsync(Operation operation, CancellationToken cancel) =>
        await OperationSteps.ChangedAgainAsync(database, operation, cancel) is { } later
            ? await database.WithContextAsync(async context => Read(await context.Operations.AsNoTracking().FirstAsync(row => row.Id == later, cancel)), cancel)
            : null;

    public Task<IReadOnlyList<OperationHead>> NewestAsync(InstanceId instance, int limit, long? before, CancellationToken cancel) =>
        database.WithContextAsync<IReadOnlyList<OperationHead>>(
            async context => (await context.Operations.AsNoTracking()
                    .Where(row => row.Instance == instance && (before == null || row.Id < before))
                    .OrderByDescending(row => row.Id).Take(limit).ToListAsync(cancel))
                .ConvertAll(Read),
            cancel);

    public async Task<Operation> SaveAsync(Operation operation, CancellationToken cancel)
    {
        var head = StoreJson.Write(OperationHead.Of(operation));
        var joined = database.IsTogether;
        try
        {
            var saved = await database.TogetherAsync(
                async context =>
                {
                    var written = await context.Operations
                        .Where(row => row.Id == operation.Id && row.Version == operation.Version)
                        .ExecuteUpdateAsync(
                            row => row.SetProperty(one => one.State, operation.State)
                                .SetProperty(one => one.Version, operation.Version + 1)
                                .SetProperty(one => one.Head, head),
                            cancel);
                    if (written > 0) await OperationSteps.WriteAsync(database, operation.Id, operation.Steps, _written.Of(operation.Id, operation.Version), cancel);
                    else if (!await IsOursAsync(operation, cancel))
                        throw new OperationMovedOnException($"Operation {operation.Id} was written by somebody else after version {operation.Version}.");
                    await context.NotifyAsync(new PortalEvent(PortalTopic.Operations, operation.Instance, operation.Id), cancel);
                    return (operation with { Version = operation.Version + 1 }, true);
                },
                cancel);
            // Within a caller's transaction it is not there yet, and may never be.
            return joined ? saved : _written.Saved(saved);
        }
        catch (PostgresException fault) when (IsSecond(fault))
        {
            throw new OperationMovedOnException($"Operation {operation.Id} cannot go on: another operation of '{operation.Instance}' is under way.", fault);
        }
    }

    // A try whose answer was lost may have been committed: then the next version holds exactly our words.
    private async Task<bool> IsOursAsync(Operation operation, CancellationToken cancel) =>
        await FindAsync(operation.Id, cancel) is { } there && there.Version == operation.Version + 1
            && StoreJson.Write(there with { Version = operation.Version }) == StoreJson.Write(operation);

    private static bool IsSecond(Exception? fault) =>
        fault is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: OperationRow.OneAtATime };

    private static Operation ReadWhole(NpgsqlDataReader reader) => Read(reader.GetInt64(0), Enum.Parse<OperationState>(reader.GetString(1)), reader.GetInt64(2), reader.GetString(3))
        .With([.. reader.GetFieldValue<string[]>(4).Select(StoreJson.Read<OperationStep>)]);

    private static OperationHead Read(OperationRow row) => Read(row.Id, row.State, row.Version, row.Head);

    internal static OperationHead Read(long id, OperationState state, long version, string head) =>
        StoreJson.Read<OperationHead>(head) with { Id = id, State = state, Version = version };
}
