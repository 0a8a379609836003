using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Insights;

/// <summary>From the day rollup by project: a few rows a project and day.</summary>
internal sealed class ProjectRunsReader(Database database, InstanceNumbers instances) : IProjectRuns
{
    private const int Neither = 0;
    private const int Kubernetes = 1;
    private const int Docker = 2;

    private static readonly string Sql =
        $"""
        SELECT project, CASE WHEN w.word = ANY ($5) THEN {Kubernetes} WHEN w.word = ANY ($6) THEN {Docker} ELSE {Neither} END AS family, sum(jobs)::bigint, coalesce(sum(jobs) FILTER (WHERE kind <> {(int)FailureKind.None}), 0)::bigint
        FROM rollup_day_project r JOIN words w ON w.id = r.executor
        WHERE instance = $1 AND day >= $2 AND day < $3 AND project = ANY ($4) GROUP BY 1, 2
        """;

    public async Task<IReadOnlyDictionary<ProjectId, ProjectRuns>> ReadAsync(InstanceId instance, IReadOnlyCollection<ProjectId> projects, DateOnly from, DateOnly until, CancellationToken cancel)
    {
        if (projects.Count == 0) return new Dictionary<ProjectId, ProjectRuns>();
        var number = await instances.NumberAsync(instance, cancel);
        var rows = await database.QueryAsync(
            Sql,
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(from);
                values.AddWithValue(until);
                values.AddWithValue(projects.Select(project => project.Number).ToArray());
                values.AddWithValue(ExecutorNames.Of(ExecutorFamily.Kubernetes).ToArray());
                values.AddWithValue(ExecutorNames.Of(ExecutorFamily.Docker).ToArray());
            },
            row => (Project: row.GetInt64(0), Family: row.GetInt32(1), Jobs: row.GetInt64(2), Failed: row.GetInt64(3)), cancel);
        return rows.GroupBy(row => row.Project).ToDictionary(group => new ProjectId(instance, group.Key), group => new ProjectRuns(Of(group, Docker), Of(group, Kubernetes), Of(group, Neither).Finished));
    }

    private static Rate Of(IEnumerable<(long Project, int Family, long Jobs, long Failed)> rows, int family) =>
        rows.Where(row => row.Family == family).Aggregate(default(Rate), (sum, row) => new Rate(sum.Failed + row.Failed, sum.Finished + row.Jobs));
}
