using Microsoft.EntityFrameworkCore;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Fleet;

internal sealed class RunnerHistory(Database database) : IRunnerHistory
{
    public Task<IReadOnlyList<RunnerChangeSeen>> ChangesAsync(InstanceId instance, long? runner, int limit, long? before, CancellationToken cancel) =>
        database.WithContextAsync<IReadOnlyList<RunnerChangeSeen>>(
            async context => (await context.RunnerChanges.AsNoTracking()
                    .Where(row => row.Instance == instance && (runner == null || row.Runner == runner) && (before == null || row.Id < before))
                    .OrderByDescending(row => row.Id).Take(limit).ToListAsync(cancel))
                .ConvertAll(row => new RunnerChangeSeen(row.Id, new RunnerId(row.Instance, row.Runner), row.SeenAt, row.Attribute, row.Before, row.After)),
            cancel);
}
