using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>
/// The job classes of whole UTC days: a window's first and last day count in full. Classes are those of the whole window;
/// sums, and how many jobs a day a class has, are those of the days that are read whole.
/// </summary>
internal sealed class ClassCensus(Database database, JobWords words)
{
    public async Task<JobClassCensus> ReadAsync(InstanceId instance, short number, TimeWindow window, DateTimeOffset since, CancellationToken cancel)
    {
        var days = await WatchedDays.InAsync(database, instance, window, since, cancel);
        var values = new SqlWhere();
        var table = await ClassSums.RowsAsync(database, number, window, days.From, values, cancel);
        var rows = await database.QueryAsync(
            $"SELECT project, tag_set, protected, sum(jobs)::bigint, sum(whole)::bigint FROM ({table}) days GROUP BY project, tag_set, protected HAVING sum(jobs) > 0",
            values.Fill,
            row => (Project: new ProjectId(instance, row.GetInt64(0)), TagSet: row.GetInt32(1), Protected: row.GetInt16(2), Jobs: row.GetInt64(3), Whole: row.GetInt64(4)),
            cancel);
        await database.InConnectionAsync(connection => words.KnowAsync(connection, [], rows.Select(row => row.TagSet), cancel), cancel);
        return new JobClassCensus(
            window,
            rows.Sum(row => row.Whole),
            rows.Where(row => row.TagSet != 0).Sum(row => row.Whole),
            [.. rows.Where(row => row.TagSet != 0).Select(row => new JobClass(
                new JobNeeds(words.Tags(row.TagSet)!, row.Protected switch { 1 => false, 2 => true, _ => null }, row.Project), row.Jobs, days.PerDay(row.Whole, row.Jobs, window)))],
            await ProjectsAsync(instance, rows.Select(row => row.Project).Distinct(), cancel));
    }

    private async Task<Dictionary<ProjectId, ProjectAccess>> ProjectsAsync(InstanceId instance, IEnumerable<ProjectId> projects, CancellationToken cancel) =>
        (await database.QueryAsync(
            "SELECT number, path, instance_runners, group_runners, groups FROM projects WHERE instance = $1 AND number = ANY ($2)",
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(projects.Select(project => project.Number).ToArray());
            },
            row => new ProjectAccess(
                new ProjectId(instance, row.GetInt64(0)), row.GetString(1), row.GetBoolean(2), row.GetBoolean(3), row.GetFieldValue<long[]>(4).ToHashSet()),
            cancel)).ToDictionary(project => project.Id);
}
