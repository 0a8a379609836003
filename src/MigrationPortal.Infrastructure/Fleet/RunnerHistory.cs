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

    // A change's words are those of RunnerDiff.
    public async Task<IReadOnlyCollection<TagSet>> TagsCarriedAsync(InstanceId instance, CancellationToken cancel) => (await database.QueryAsync(
        """
        SELECT ARRAY(SELECT jsonb_array_elements_text(observed -> 'attributes' -> 'tags')) FROM runners WHERE instance = $1
        UNION SELECT string_to_array(words, ', ') FROM runner_changes, unnest(ARRAY[before, after]) AS words WHERE instance = $1 AND attribute = 'tags' AND words IS NOT NULL
        """,
        values => values.AddWithValue(instance.Name), row => TagSet.Of(row.GetFieldValue<string[]>(0)), cancel)).ToHashSet();
}
