using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Insights;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>
/// Who asks for which tag. Jobs and projects come from the job classes (whole UTC days), refs and sources from the days that
/// the digest sweep counted, so those are as old as its last run.
/// </summary>
internal sealed class TagCensus(Database database, JobWords words)
{
    public async Task<IReadOnlyList<TagUse>> ReadAsync(InstanceId instance, short number, TimeWindow window, DateTimeOffset since, CancellationToken cancel)
    {
        var days = await WatchedDays.InAsync(database, instance, window, since, cancel);
        // First by project and set, which are few: the tags of a set then multiply sums instead of days.
        var values = new SqlWhere();
        var classes = await ClassSums.RowsAsync(database, number, window, days.From, values, cancel);
        var uses = await database.QueryAsync(
            $"""
            WITH sums AS (SELECT project, tag_set, sum(jobs) AS jobs, sum(whole) AS whole FROM ({classes}) days GROUP BY 1, 2 HAVING sum(jobs) > 0),
            tags AS (
                SELECT coalesce(tag, '') AS tag, project, sum(jobs) AS jobs, sum(whole) AS whole
                FROM sums JOIN tag_sets s ON s.id = tag_set LEFT JOIN LATERAL unnest(s.tags) AS tag ON true GROUP BY 1, 2)
            SELECT tag, sum(jobs)::bigint, count(*), sum(whole)::bigint FROM tags GROUP BY tag ORDER BY 2 DESC, 1
            """,
            values.Fill,
            row => (Tag: row.GetString(0), Jobs: row.GetInt64(1), Projects: row.GetInt64(2), Whole: row.GetInt64(3)), cancel);
        var asking = new SqlWhere();
        var places = await PlaceSums.RowsAsync(database, number, window, window, asking, cancel);
        var asked = (await database.QueryAsync(
            $"""
            WITH places AS (SELECT tag_set, ref, source FROM {places.Table} d GROUP BY 1, 2, 3),
            refs AS (
                SELECT coalesce(tag, '') AS tag, ref, array_agg(DISTINCT source) AS sources
                FROM places JOIN tag_sets s ON s.id = tag_set LEFT JOIN LATERAL unnest(s.tags) AS tag ON true GROUP BY 1, 2),
            each_source AS (SELECT DISTINCT tag, source FROM refs, unnest(sources) AS source)
            SELECT tag, count(*), (SELECT array_agg(source) FROM each_source e WHERE e.tag = refs.tag) FROM refs GROUP BY tag
            """,
            asking.Fill, row => (Tag: row.GetString(0), Refs: row.GetInt64(1), Sources: row.GetFieldValue<int[]>(2)), cancel)).ToDictionary(row => row.Tag);
        await words.KnowAsync(database, [.. asked.Values.SelectMany(one => one.Sources)], [], cancel);
        return uses.ConvertAll(use =>
        {
            var (_, refs, sources) = asked.GetValueOrDefault(use.Tag, (use.Tag, 0, []));
            return new TagUse(
                use.Tag, use.Jobs, days.PerDay(use.Whole, use.Jobs, window), use.Projects, refs, [.. sources.Select(words.Word).OfType<string>().Order(StringComparer.Ordinal)]);
        });
    }
}
