using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Clusters.Surges;

internal sealed class SurgeFactsReader(Database database, InstanceNumbers instances, IPendingReader pending, IProjectStore projects) : ISurgeFacts
{
    public async Task<long> QueuedAsync(InstanceId instance, RunnerAttributes attributes, CancellationToken cancel)
    {
        var classes = (await pending.ClassesAsync(instance, [], cancel)).Where(one => one.Tags is { } tags && JobMatcher.Takes(attributes, tags, one.Protected)).ToList();
        var known = await projects.FindAsync([.. classes.Select(one => one.Project).Distinct()], cancel);
        return classes.Where(one => known.GetValueOrDefault(one.Project)?.Access.InstanceRunnersEnabled ?? true).Sum(one => one.Jobs);
    }

    public async Task<IReadOnlyDictionary<long, long>> FinishedAsync(InstanceId instance, IReadOnlyCollection<long> runners, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        return (await database.QueryAsync(
            "SELECT runner, sum(jobs)::bigint FROM rollup_day_runner WHERE instance = $1 AND runner = ANY ($2) GROUP BY runner",
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(runners.ToArray());
            },
            row => (Runner: row.GetInt64(0), Jobs: row.GetInt64(1)), cancel)).ToDictionary(one => one.Runner, one => one.Jobs);
    }
}
