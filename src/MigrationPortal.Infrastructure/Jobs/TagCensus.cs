using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>
/// Who asks for which tag. Jobs and projects come from the day rollup (whole UTC days); refs and sources are counted in
/// the raw rows, because no rollup of refs would be smaller than those.
/// </summary>
internal sealed class TagCensus(Database database, JobWords words)
{
    public async Task<IReadOnlyList<TagUse>> ReadAsync(InstanceId instance, short number, TimeWindow window, DateTimeOffset since, CancellationToken cancel)
    {
        var days = await WatchedDays.InAsync(database, instance, window, since, cancel);
        void Fill(NpgsqlParameterCollection values)
        {
            values.AddWithValue(number);
            values.AddWithValue(window.From.ToUniversalTime());
            values.AddWithValue(window.To.ToUniversalTime());
        }

        var uses = await database.QueryAsync(
            """
            WITH use AS (
                SELECT coalesce(tag, '') AS tag, c.project, c.jobs, CASE WHEN c.day >= $4 THEN c.jobs ELSE 0 END AS whole
                FROM rollup_day_class c JOIN tag_sets s ON s.id = c.tag_set LEFT JOIN LATERAL unnest(s.tags) AS tag ON true
                WHERE c.instance = $1 AND c.day >= ($2 AT TIME ZONE 'UTC')::date AND c.day <= (($3 - interval '1 microsecond') AT TIME ZONE 'UTC')::date AND c.jobs > 0)
            SELECT tag, sum(jobs)::bigint, count(DISTINCT project), sum(whole)::bigint FROM use GROUP BY tag ORDER BY 2 DESC, 1
            """,
            values =>
            {
                Fill(values);
                values.AddWithValue(days.From);
            },
            row => (Tag: row.GetString(0), Jobs: row.GetInt64(1), Projects: row.GetInt64(2), Whole: row.GetInt64(3)), cancel);
        var asked = (await database.QueryAsync(
            """
            SELECT coalesce(tag, ''), count(DISTINCT j.ref), array_agg(DISTINCT j.source)
            FROM jobs j JOIN tag_sets s ON s.id = j.tag_set LEFT JOIN LATERAL unnest(s.tags) AS tag ON true
            WHERE j.instance = $1 AND j.created_at >= $2 AND j.created_at < $3 GROUP BY 1
            """,
            Fill, row => (Tag: row.GetString(0), Refs: row.GetInt64(1), Sources: row.GetFieldValue<int[]>(2)), cancel)).ToDictionary(row => row.Tag);
        await database.InConnectionAsync(
            connection => words.KnowAsync(connection, asked.Values.SelectMany(one => one.Sources), [], cancel), cancel);
        return uses.ConvertAll(use =>
        {
            var (_, refs, sources) = asked.GetValueOrDefault(use.Tag, (use.Tag, 0, []));
            return new TagUse(
                use.Tag, use.Jobs, days.PerDay(use.Whole, use.Jobs, window), use.Projects, refs, [.. sources.Select(words.Word).OfType<string>().Order(StringComparer.Ordinal)]);
        });
    }
}
