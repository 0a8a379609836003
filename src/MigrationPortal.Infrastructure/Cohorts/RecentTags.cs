using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Cohorts;

/// <summary>From the days of job classes, which are right at any moment: a project and day at a time, as its key begins.</summary>
internal sealed class RecentTags(Database database, InstanceNumbers instances) : IRecentTags
{
    public async Task<IReadOnlyDictionary<ProjectId, IReadOnlyList<TagSet>>> OfAsync(InstanceId instance, IReadOnlyCollection<ProjectId> projects, TimeWindow window, CancellationToken cancel)
    {
        if (projects.Count == 0) return new Dictionary<ProjectId, IReadOnlyList<TagSet>>();
        var number = await instances.NumberAsync(instance, cancel);
        var rows = await database.QueryAsync(
            """
            SELECT DISTINCT c.project, t.tags
            FROM generate_series($3::date, $4::date, interval '1 day') AS one (day)
                JOIN rollup_day_class c ON c.instance = $1 AND c.day = one.day::date AND c.project = ANY ($2) AND c.jobs > 0
                JOIN tag_sets t ON t.id = c.tag_set
            WHERE c.tag_set <> 0
            """,
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(projects.Select(project => project.Number).ToArray());
                values.AddWithValue(Day(window.From));
                values.AddWithValue(Day(window.To.AddTicks(-1)));
            },
            row => (Project: row.GetInt64(0), Tags: TagSet.Of(row.GetFieldValue<string[]>(1))), cancel);
        return rows.GroupBy(row => row.Project).ToDictionary(group => new ProjectId(instance, group.Key), group => (IReadOnlyList<TagSet>)[.. group.Select(row => row.Tags)]);
    }

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
