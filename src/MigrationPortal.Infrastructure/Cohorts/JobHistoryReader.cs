using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Insights;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Cohorts;

/// <summary>From the days that are counted by job name, which leave retries out.</summary>
internal sealed class JobHistoryReader(Database database, InstanceNumbers instances, IWorldClock clock) : IJobHistory
{
    private const int Days = 28;

    private const string Sql =
        """
        SELECT name, coalesce(sum(finished) FILTER (WHERE executor = ANY ($5)), 0)::bigint, coalesce(sum(failed) FILTER (WHERE executor = ANY ($5)), 0)::bigint,
            coalesce(sum(finished) FILTER (WHERE executor = ANY ($6)), 0)::bigint, coalesce(sum(failed) FILTER (WHERE executor = ANY ($6)), 0)::bigint
        FROM digest_day_job WHERE instance = $1 AND project = $2 AND day >= $3 AND name = ANY ($4) GROUP BY name
        """;

    public async Task<IReadOnlyDictionary<string, JobHistory>> OfAsync(ProjectId project, IReadOnlyCollection<string> names, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(project.Instance, cancel);
        var docker = await ExecutorNames.IdsAsync(database, ExecutorFamily.Docker, cancel);
        var kubernetes = await ExecutorNames.IdsAsync(database, ExecutorFamily.Kubernetes, cancel);
        return (await database.QueryAsync(
            Sql,
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(project.Number);
                values.AddWithValue(DigestReading.Day(clock.Now(project.Instance)).AddDays(-Days));
                values.AddWithValue(names.ToArray());
                values.AddWithValue(docker.ToArray());
                values.AddWithValue(kubernetes.ToArray());
            },
            row => (Name: row.GetString(0), History: new JobHistory(new Rate(row.GetInt64(2), row.GetInt64(1)), new Rate(row.GetInt64(4), row.GetInt64(3)))), cancel))
            .ToDictionary(one => one.Name, one => one.History, StringComparer.Ordinal);
    }
}
