using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Insights;

internal sealed class StragglerReader(Database database, InstanceNumbers instances, JobWords words, IInstanceStore marks) : IStragglerReader
{
    public async Task<Stragglers> ReadAsync(StragglerFilter filter, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(filter.Instance, cancel);
        var (where, onDocker, places) = await AskAsync(filter, number, cancel);
        var rows = await database.QueryAsync(
            $"""
            SELECT sums.project, p.path, on_docker, on_managed, on_default, on_requests, finished, last_day FROM (
                SELECT d.project, coalesce(sum(d.finished) FILTER (WHERE {onDocker}), 0) AS on_docker,
                    coalesce(sum(d.finished) FILTER (WHERE {onDocker} AND d.managed), 0) AS on_managed,
                    coalesce(sum(d.finished) FILTER (WHERE {onDocker} AND d.ref = p.default_branch), 0) AS on_default,
                    coalesce(sum(d.finished) FILTER (WHERE {onDocker} AND d.ref = {where.Value(StragglerPlace.MergeRequests)}), 0) AS on_requests,
                    sum(d.finished) AS finished, max(d.day) FILTER (WHERE {onDocker}) AS last_day
                FROM {places.Table} d LEFT JOIN projects p ON p.instance = {where.Value(filter.Instance.Name)} AND p.number = d.project
                WHERE {where} GROUP BY d.project) sums
            LEFT JOIN projects p ON p.instance = {where.Value(filter.Instance.Name)} AND p.number = sums.project
            ORDER BY on_docker DESC, sums.project
            """,
            where.Fill,
            row => new Straggler(
                new ProjectId(filter.Instance, row.GetInt64(0)), row.GetTextOrNull(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5),
                row.GetInt64(6), row.GetOrNull<DateOnly>(7) ?? DateOnly.MinValue),
            cancel);
        return new Stragglers(
            places.Basis, rows.Sum(row => row.Finished), rows.Count, [.. rows.Where(row => row.OnDocker > 0)], await SourcesAsync(where.And(onDocker), places, cancel),
            places.CountedAt);
    }

    public async Task<IReadOnlyList<StragglerPlace>> PlacesAsync(StragglerFilter filter, IReadOnlyCollection<ProjectId>? projects, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(filter.Instance, cancel);
        var (where, onDocker, places) = await AskAsync(filter, number, cancel);
        where.And(onDocker);
        if (projects is not null) where.And("d.project = ANY ({0})", projects.Select(project => project.Number).ToArray());
        var rows = await database.QueryAsync(
            $"""
            SELECT project, path, ref, source, tag_set, managed, jobs, last_day FROM (
                SELECT d.project, d.ref, d.source, d.tag_set, d.managed, sum(d.finished) AS jobs, max(d.day) AS last_day
                FROM {places.Table} d WHERE {where} GROUP BY 1, 2, 3, 4, 5) sums
            LEFT JOIN projects p ON p.instance = {where.Value(filter.Instance.Name)} AND p.number = project
            ORDER BY jobs DESC, project, ref, source, tag_set
            """,
            where.Fill,
            row => (
                Place: new StragglerPlace(new ProjectId(filter.Instance, row.GetInt64(0)), row.GetTextOrNull(1), row.GetString(2), null, null, row.GetBoolean(5), row.GetInt64(6), row.GetFieldValue<DateOnly>(7)),
                Source: row.GetInt32(3), TagSet: row.GetInt32(4)),
            cancel);
        await words.KnowAsync(database, rows.ConvertAll(row => row.Source), rows.ConvertAll(row => row.TagSet), cancel);
        return [.. rows.Select(row => row.Place with { Source = words.Word(row.Source), Tags = words.Tags(row.TagSet) })];
    }

    /// <param name="where">Already narrowed to docker.</param>
    private async Task<IReadOnlyList<StragglerSource>> SourcesAsync(SqlWhere where, PlaceRows places, CancellationToken cancel)
    {
        var rows = await database.QueryAsync(
            $"""
            SELECT source, sum(jobs)::bigint AS jobs, count(*) FROM (
                SELECT d.source, d.project, sum(d.finished) AS jobs FROM {places.Table} d WHERE {where} GROUP BY 1, 2) each_project
            GROUP BY source ORDER BY jobs DESC
            """,
            where.Fill, row => (Source: row.GetInt32(0), Jobs: row.GetInt64(1), Projects: row.GetInt64(2)), cancel);
        await words.KnowAsync(database, rows.ConvertAll(row => row.Source), [], cancel);
        return rows.ConvertAll(row => new StragglerSource(words.Word(row.Source), row.Jobs, row.Projects));
    }

    private async Task<TimeWindow> BasisAsync(StragglerFilter filter, CancellationToken cancel) =>
        DigestReading.Basis(filter.Window, HistoryMark.CompleteSince(await HistoryMark.ReadAsync(marks, filter.Instance, cancel), filter.Window));

    private async Task<(SqlWhere Where, string OnDocker, PlaceRows Places)> AskAsync(StragglerFilter filter, short number, CancellationToken cancel)
    {
        var where = new SqlWhere();
        var places = await PlaceSums.RowsAsync(database, number, filter.Window, await BasisAsync(filter, cancel), where, cancel);
        if (filter.Source is { } source) where.And("d.source = coalesce((SELECT id FROM words WHERE word = {0}), 0)", source);
        if (filter.Ref is { } name) where.And("d.ref = {0}", name);
        if (filter.Owner is { } owner) where.And($"d.project IN (SELECT number FROM projects WHERE instance = {where.Value(filter.Instance.Name)} AND split_part(path, '/', 1) = {{0}})", owner);
        if (filter.Search is { } part) where.And($"d.project IN (SELECT number FROM projects WHERE instance = {where.Value(filter.Instance.Name)} AND strpos(lower(path), lower({{0}})) > 0)", part);
        var standing = filter.Managed switch { true => " AND d.managed", false => " AND NOT d.managed", null => "" };
        var docker = await ExecutorNames.IdsAsync(database, ExecutorFamily.Docker, cancel);
        return (where, $"d.executor = ANY ({where.Value(docker.ToArray())}){standing}", places);
    }
}
