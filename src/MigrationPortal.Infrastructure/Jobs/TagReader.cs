using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Insights;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Jobs;

internal sealed class TagReader(Database database, InstanceNumbers instances, JobWords words) : ITagReader
{
    public async Task<TagDetail> ReadAsync(InstanceId instance, string tag, TimeWindow window, int most, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        var asking = new SqlWhere();
        var places = await PlaceSums.RowsAsync(database, number, window, window, asking, cancel);
        var (from, to) = (DateOnly.FromDateTime(places.Basis.From.UtcDateTime), DateOnly.FromDateTime(places.Basis.To.UtcDateTime.AddTicks(-1)));
        var basis = await BasisAsync(number, from, to, cancel);
        var docker = asking.Value((await ExecutorNames.IdsAsync(database, ExecutorFamily.Docker, cancel)).ToArray());
        asking.And(JobReader.Tagged("tag_set", tag), tag);
        // One pass over the days; the parts are then added up from what it left, each part with its count beside it.
        var rows = await database.QueryAsync(
            $"""
            WITH mine AS MATERIALIZED (
                SELECT project, ref, source, tag_set, sum(finished) AS jobs, coalesce(sum(finished) FILTER (WHERE executor = ANY ({docker})), 0) AS docker, max(day) AS last
                FROM {places.Table} d WHERE {asking} GROUP BY 1, 2, 3, 4),
            parts AS (
                SELECT 's' AS part, source::bigint AS id, NULL AS name, sum(jobs) AS jobs, sum(docker) AS docker, count(DISTINCT project) AS projects, max(last) AS last FROM mine GROUP BY source
                UNION ALL SELECT 't', tag_set, NULL, sum(jobs), sum(docker), count(DISTINCT project), max(last) FROM mine GROUP BY tag_set
                UNION ALL SELECT 'p', project, NULL, sum(jobs), sum(docker), 1, max(last) FROM mine GROUP BY project
                UNION ALL SELECT 'r', 0, ref, sum(jobs), sum(docker), count(*), max(last)
                    FROM (SELECT ref, project, sum(jobs) AS jobs, sum(docker) AS docker, max(last) AS last FROM mine GROUP BY 1, 2) one GROUP BY ref)
            SELECT part, id, coalesce(parts.name, p.path, ''), jobs, docker, projects, last, many, all_jobs, all_docker FROM (
                SELECT *, sum(jobs) OVER (PARTITION BY part)::bigint AS all_jobs, sum(docker) OVER (PARTITION BY part)::bigint AS all_docker, row_number() OVER (PARTITION BY part ORDER BY jobs DESC, id, name) AS place, count(*) OVER (PARTITION BY part) AS many FROM parts) parts
            LEFT JOIN projects p ON part = 'p' AND p.instance = {asking.Value(instance.Name)} AND p.number = id
            WHERE place <= {asking.Value((long)most)} ORDER BY part, place
            """,
            asking.Fill,
            row => (
                Part: row.GetString(0)[0], Id: row.GetInt64(1), Many: row.GetInt64(7), AllJobs: row.GetInt64(8), AllDocker: row.GetInt64(9),
                Row: new TagPart(row.GetString(2), (long)row.GetDecimal(3), (long)row.GetDecimal(4), row.GetInt64(5), row.GetFieldValue<DateOnly>(6))),
            cancel);
        await words.KnowAsync(database, Ids('s'), Ids('t'), cancel);
        var sources = rows.Where(row => row.Part == 's').Select(row => row.Row with { Name = words.Word((int)row.Id) ?? "" }).ToList();
        return new TagDetail(
            tag, new TimeWindow(new DateTimeOffset(from, TimeOnly.MinValue, TimeSpan.Zero), places.Basis.To), basis.Finished, basis.TagsKnown, rows.Select(row => row.AllJobs).FirstOrDefault(), rows.Select(row => row.AllDocker).FirstOrDefault(),
            sources, [.. rows.Where(row => row.Part == 't').Select(row => row.Row with { Name = words.Tags((int)row.Id)?.ToString() ?? "" })],
            Many('r'), [.. rows.Where(row => row.Part == 'r').Select(row => row.Row)],
            Many('p'), [.. rows.Where(row => row.Part == 'p').Select(row => row.Row.Name.Length > 0 ? row.Row : row.Row with { Name = $"project {row.Id}" })],
            places.CountedAt);

        int[] Ids(char part) => [.. rows.Where(row => row.Part == part).Select(row => (int)row.Id)];
        long Many(char part) => rows.Where(row => row.Part == part).Select(row => row.Many).FirstOrDefault();
    }

    public async Task<TagBasis> BasisAsync(InstanceId instance, TimeWindow window, CancellationToken cancel) => await BasisAsync(
        await instances.NumberAsync(instance, cancel), DateOnly.FromDateTime(window.From.UtcDateTime), DateOnly.FromDateTime(window.To.UtcDateTime.AddTicks(-1)), cancel);

    private async Task<TagBasis> BasisAsync(short number, DateOnly from, DateOnly to, CancellationToken cancel) =>
        (await database.QueryAsync(
            "SELECT coalesce(sum(jobs), 0)::bigint, coalesce(sum(jobs) FILTER (WHERE tag_set <> 0), 0)::bigint FROM rollup_day_tags WHERE instance = $1 AND day BETWEEN $2 AND $3",
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(from);
                values.AddWithValue(to);
            },
            row => new TagBasis(row.GetInt64(0), row.GetInt64(1)), cancel)).Single();
}
